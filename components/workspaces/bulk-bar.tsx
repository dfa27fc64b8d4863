"use client";

import Link from "next/link";
import { useSession } from "@/components/shell/session";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-class";
import type { WorkspaceRow } from "@/lib/domain/workspace-desk";
import { fewNames, queueAtMost, queueHref } from "./words";

export interface BulkBarProps {
  readonly rows: readonly WorkspaceRow[];
  readonly onChange: () => void;
  readonly onClear: () => void;
}

/** What can be done with the ticked workspaces; at the foot, over no row. */
export function BulkBar({ rows, onChange, onClear }: BulkBarProps) {
  const org = useSession().organisation.slug;
  return (
    <div
      role="group"
      aria-label="Ticked workspaces"
      className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-t border-line bg-raised px-3 py-2 text-13"
    >
      <p role="status" className="min-w-0 flex-1 basis-48 truncate text-normal">
        <span className="font-medium text-strong">
          {rows.length === 1 ? "1 workspace" : `${rows.length} workspaces`} ticked
        </span>
        : {fewNames(rows)}
      </p>
      {rows.length <= queueAtMost ? (
        <Link
          href={queueHref(
            org,
            rows.map(({ id }) => id),
          )}
          prefetch={false}
          className={buttonClass()}
        >
          Show in the queue
        </Link>
      ) : null}
      <Button onClick={onClear}>Untick</Button>
      <Button variant="primary" onClick={onChange} data-tip="Tags, groups, hiding (e)">
        Change {rows.length === 1 ? "1 workspace" : `${rows.length} workspaces`}
      </Button>
    </div>
  );
}
