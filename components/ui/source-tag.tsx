import { cx } from "./class-names";

/** Short tag and full product name by upstream's source name in lower case. */
const sources: Readonly<Record<string, readonly [tag: string, name: string]>> = {
  sentinel: ["SE", "Microsoft Sentinel"],
  defenderxdr: ["XDR", "Microsoft Defender XDR"],
  qradar: ["QR", "IBM QRadar"],
  splunk: ["SP", "Splunk"],
  crowdstrike: ["CS", "CrowdStrike"],
  sentinelone: ["S1", "SentinelOne"],
};

/** The tag of a source; unlisted ones give their first two letters. */
export function sourceTag(source: string): string {
  return sources[source.toLowerCase()]?.[0] ?? source.slice(0, 2).toUpperCase();
}

/** The full name of a source; unlisted ones stay as upstream spells them. */
export function sourceName(source: string): string {
  return sources[source.toLowerCase()]?.[1] ?? source;
}

export interface SourceTagProps {
  readonly source: string;
  /** Upstream's own display name, where it gave one. */
  readonly name?: string | null;
  readonly className?: string;
}

/** Where an incident comes from, in two or three letters; the full name on hover and for screen readers. */
export function SourceTag({ source, name, className }: SourceTagProps) {
  const full = name || sourceName(source);
  return (
    <span
      data-tip={full}
      className={cx(
        "inline-flex h-5 min-w-7 shrink-0 items-center align-middle justify-center rounded-mark border border-line px-1 text-12 text-normal",
        className,
      )}
    >
      <span aria-hidden="true">{sourceTag(source)}</span>
      <span className="sr-only">{full}</span>
    </span>
  );
}
