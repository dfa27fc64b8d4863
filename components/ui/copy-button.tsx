"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { copyText } from "./copy-text";
import { IconButton } from "./icon-button";

export interface CopyButtonProps {
  readonly text: string;
  /** What is copied, such as "request id". */
  readonly what: string;
  readonly className?: string;
}

/** Milliseconds for which the button says how the copying went. */
const answerMs = 2000;

/** Copies a text and says, for two seconds, whether it worked. */
export function CopyButton({ text, what, className }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<"idle" | "done" | "failed">("idle");
  useEffect(() => {
    if (outcome === "idle") return;
    const timer = setTimeout(() => setOutcome("idle"), answerMs);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async () => setOutcome((await copyText(text)) ? "done" : "failed");
  return (
    <>
      <IconButton
        icon={outcome === "done" ? Check : Copy}
        label={`Copy ${what}`}
        size="small"
        className={className}
        onClick={() => void copy()}
      />
      <span role="status" className="sr-only">
        {outcome === "done" ? `Copied ${what}` : outcome === "failed" ? `Could not copy ${what}` : ""}
      </span>
    </>
  );
}
