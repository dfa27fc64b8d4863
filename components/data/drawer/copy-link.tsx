"use client";

import { Check, Link2 } from "lucide-react";
import { useEffect, useState } from "react";
import { copyText } from "@/components/ui/copy-text";
import { IconButton } from "@/components/ui/icon-button";

/** Milliseconds for which the button says that it copied. */
const answerMs = 2000;

export interface CopyLinkProps {
  readonly href: string;
  /** "this incident". */
  readonly what: string;
  readonly className?: string;
}

/** Copies the address of a thing's page, to hand it on. */
export function CopyLink({ href, what, className }: CopyLinkProps) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), answerMs);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async () => setCopied(await copyText(new URL(href, location.origin).href));
  return (
    <>
      <IconButton
        icon={isCopied ? Check : Link2}
        label={`Copy the link to ${what}`}
        onClick={() => void copy()}
        className={className}
      />
      <span role="status" className="sr-only">
        {isCopied ? "Copied the link" : ""}
      </span>
    </>
  );
}
