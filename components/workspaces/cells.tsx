"use client";

import { EyeOff } from "lucide-react";
import { SeverityMark } from "@/components/ui/severity-mark";
import { worstFirst } from "@/lib/contract/vocabulary";
import type { SeverityCounts } from "@/lib/domain/register";

/** Known severities by weight, then the others by name. */
function inOrder(counts: SeverityCounts): readonly (readonly [string, number])[] {
  const place = (severity: string) => {
    const at = worstFirst.indexOf(severity);
    return at < 0 ? worstFirst.length : at;
  };
  return Object.entries(counts)
    .filter(([, n]) => n > 0)
    .sort(([a], [b]) => place(a) - place(b) || a.localeCompare(b));
}

export interface OpenCountsProps {
  readonly counts: SeverityCounts;
  /** Not everything was read lately: then there are at least so many. */
  readonly isAtLeast: boolean;
}

/** Open incidents by severity; "at least" where not everything was read. */
export function OpenCounts({ counts, isAtLeast }: OpenCountsProps) {
  const found = inOrder(counts);
  if (found.length === 0) return <span className="text-quiet">{isAtLeast ? "None known" : "None"}</span>;
  return (
    <span className="flex min-w-0 items-center gap-3 overflow-hidden whitespace-nowrap">
      {isAtLeast ? <span className="text-12 text-quiet">at least</span> : null}
      {found.map(([severity, n]) => (
        <span key={severity} className="inline-flex items-center gap-1 text-strong">
          <SeverityMark severity={severity} />
          {n.toLocaleString("en")}
        </span>
      ))}
    </span>
  );
}

/** Short words in a row; what does not fit is in the tip. */
export function Labels({ words, none }: { readonly words: readonly string[]; readonly none: string }) {
  if (words.length === 0)
    return (
      <span className="text-quiet">
        <span aria-hidden="true">–</span>
        <span className="sr-only">{none}</span>
      </span>
    );
  return (
    <span
      data-tip={words.join(", ")}
      data-tip-cut=""
      // What does not fit fades out, so that nobody takes the rest for all.
      className="flex min-w-0 flex-1 gap-1 overflow-hidden [mask-image:linear-gradient(to_right,black_calc(100%-20px),transparent)]"
    >
      {words.map((word) => (
        <Label key={word} word={word} />
      ))}
    </span>
  );
}

/** One tag or group. */
export function Label({ word }: { readonly word: string }) {
  return (
    <span className="inline-flex h-5 max-w-40 shrink-0 items-center rounded-mark border border-line px-1.5 text-12 text-normal">
      <span className="truncate">{word}</span>
    </span>
  );
}

/** Beside the name of a hidden workspace. */
export function HiddenMark({ reason }: { readonly reason: string }) {
  return (
    <span
      data-tip={`Hidden: ${reason}`}
      className="inline-flex shrink-0 items-center gap-1 text-12 text-quiet"
    >
      <EyeOff aria-hidden="true" className="size-3.5" />
      Hidden
    </span>
  );
}
