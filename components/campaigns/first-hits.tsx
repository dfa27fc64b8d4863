import { cx } from "@/components/ui/class-names";
import { placeOnLine } from "@/lib/domain/campaign-picture";
import type { Campaign } from "@/lib/domain/register";

export interface FirstHitsProps {
  readonly campaign: Pick<Campaign, "hits">;
  readonly fromMs: number;
  readonly toMs: number;
  readonly className?: string;
}

/** When each customer was first hit, on a line of time. A picture only: the table of customers says the same. */
export function FirstHits({ campaign, fromMs, toMs, className }: FirstHitsProps) {
  return (
    <span aria-hidden="true" className={cx("relative block h-4 w-full", className)}>
      <span className="absolute inset-x-0 top-1/2 h-px bg-line" />
      {campaign.hits.map(({ workspaceId, firstAt }, order) => (
        <span
          key={workspaceId}
          className={cx(
            "absolute top-1/2 w-0.5 -translate-x-1/2 -translate-y-1/2 rounded-mark",
            order === 0 ? "h-4 bg-strong" : "h-2.5 bg-quiet",
          )}
          style={{ left: `${placeOnLine(firstAt, fromMs, toMs)}%` }}
        />
      ))}
    </span>
  );
}
