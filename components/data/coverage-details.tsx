"use client";

import {
  Check,
  CircleAlert,
  CircleDashed,
  LoaderCircle,
  type LucideIcon,
  Minus,
  OctagonX,
} from "lucide-react";
import { useFormatTime } from "./use-format-time";
import { cx } from "@/components/ui/class-names";
import { sourceName, sourceTag } from "@/components/ui/source-tag";
import { WorkspaceTile } from "@/components/ui/workspace-tile";
import type { Coverage, CoverageEntry, CoverageState } from "@/lib/domain/coverage";
import { describeEntry, groupCoverage, type WorkspaceCoverage } from "./coverage-groups";

/** More workspaces than this are counted, not listed; those in trouble are always first. */
const listed = 60;

const marks: Record<CoverageState, { readonly icon: LucideIcon; readonly ink: string }> = {
  reading: { icon: LoaderCircle, ink: "text-quiet" },
  read: { icon: Check, ink: "text-normal" },
  quiet: { icon: Minus, ink: "text-quiet" },
  missing: { icon: CircleAlert, ink: "text-strong" },
  "cut-short": { icon: CircleDashed, ink: "text-strong" },
  failed: { icon: OctagonX, ink: "text-danger" },
};

/** Which workspace × source a list rests on, and why the rest is missing. */
export function CoverageDetails({ coverage }: { readonly coverage: Coverage | null }) {
  const formatTime = useFormatTime();
  const groups = groupCoverage(coverage?.entries ?? []);
  if (groups.length === 0) return <p className="text-13 text-quiet">No workspace has answered yet.</p>;
  const more = groups.length - listed;
  return (
    <>
      <ul className="flex flex-col">
        {groups.slice(0, listed).map((group) => (
          <WorkspaceLine key={group.workspaceId} group={group} formatTime={formatTime} />
        ))}
      </ul>
      {more > 0 ? <p className="mt-2 text-12 text-quiet">and {more} more workspaces</p> : null}
    </>
  );
}

interface LineProps {
  readonly group: WorkspaceCoverage;
  readonly formatTime: (iso: string) => string;
}

function WorkspaceLine({ group, formatTime }: LineProps) {
  const troubles = new Set(
    group.state === "missing"
      ? group.sources.filter(isTrouble).map((entry) => describeEntry(entry, formatTime))
      : [],
  );
  return (
    <li className="border-b border-line py-1.5 last:border-b-0">
      <div className="flex min-h-6 items-center gap-3">
        <WorkspaceTile
          workspaceId={group.workspaceId}
          name={group.name}
          withName
          className="w-44 shrink-0 text-13"
        />
        <span className="flex min-w-0 flex-1 flex-wrap gap-x-3 gap-y-1">
          {group.sources.map((entry) => (
            <SourceState key={entry.source ?? "*"} entry={entry} formatTime={formatTime} />
          ))}
        </span>
        <span className="shrink-0 text-12 text-quiet">
          {group.rows.toLocaleString("en")} {group.rows === 1 ? "row" : "rows"}
        </span>
      </div>
      {[...troubles].map((trouble) => (
        <p key={trouble} className="pl-8 text-12 text-pretty text-normal">
          {trouble.charAt(0).toUpperCase() + trouble.slice(1)}
        </p>
      ))}
    </li>
  );
}

const isTrouble = ({ state }: CoverageEntry) =>
  state === "missing" || state === "cut-short" || state === "failed";

function SourceState({ entry, formatTime }: { entry: CoverageEntry; formatTime: LineProps["formatTime"] }) {
  const { icon: Icon, ink } = marks[entry.state];
  const name = entry.source === null ? "All sources" : sourceName(entry.source);
  return (
    <span
      data-tip={`${name}: ${describeEntry(entry, formatTime)}`}
      className={cx("inline-flex items-center gap-1 text-12", ink)}
    >
      <Icon aria-hidden="true" className="size-3 shrink-0" />
      <span aria-hidden="true">{entry.source === null ? "all" : sourceTag(entry.source)}</span>
      <span className="sr-only">
        {name}: {describeEntry(entry, formatTime)}
      </span>
    </span>
  );
}
