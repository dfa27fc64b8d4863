"use client";

import { CircleAlert } from "lucide-react";
import Link from "next/link";
import { keepForRow } from "@/components/data/list/keep-for-row";
import type { CellProps, ListColumn } from "@/components/data/list/list-column";
import { useFormatTime } from "@/components/data/use-format-time";
import { useSession } from "@/components/shell/session";
import { Time } from "@/components/shell/time";
import { WorkspaceTile } from "@/components/ui/workspace-tile";
import { learnedWords, type WorkspaceColumn, type WorkspaceRow } from "@/lib/domain/workspace-desk";
import { routes } from "@/lib/routes";
import { HiddenMark, Labels, OpenCounts } from "./cells";
import { Tick } from "./ticks";
import { calledIn, stateWords, troubleOf } from "./words";

type Props = CellProps<WorkspaceRow>;

function TickCell({ row }: Props) {
  return <Tick id={row.id} name={calledIn(row)} />;
}

/** A link to the workspace's own page, so that it can be opened beside; a plain click opens the drawer. */
function NameCell({ row }: Props) {
  const { organisation } = useSession();
  const { id, name, profile } = row;
  const { ownName, upstreamName, hidden } = profile;
  const isRenamed = ownName !== null && ownName !== upstreamName;
  const both =
    isRenamed && upstreamName !== null ? `${ownName} (ContraForce: ${upstreamName})` : (name ?? id);
  return (
    <span className="flex min-w-0 flex-1 items-center gap-2">
      <Link
        href={routes.workspace(organisation.slug, id)}
        prefetch={false}
        tabIndex={-1}
        draggable={false}
        onClick={keepForRow}
        data-tip={both}
        data-tip-cut=""
        className="flex min-w-0 outline-none"
      >
        <WorkspaceTile workspaceId={id} name={name} withName className="font-medium text-strong" />
      </Link>
      {isRenamed ? (
        <span data-tip={both} data-tip-cut="" className="min-w-0 shrink-4 truncate text-12 text-quiet">
          {upstreamName ?? id}
        </span>
      ) : null}
      {hidden ? <HiddenMark reason={hidden.reason} /> : null}
    </span>
  );
}

function OpenCell({ row }: Props) {
  return <OpenCounts counts={row.profile.open} isAtLeast={row.state !== "current"} />;
}

function ReadCell({ row }: Props) {
  const formatTime = useFormatTime();
  if (row.state === "current")
    return (
      <span className="whitespace-nowrap text-quiet">
        Current · <Time value={row.readAt} /> ago
      </span>
    );
  const trouble = troubleOf(row, formatTime);
  return (
    <span data-tip={trouble} className="flex min-w-0 items-center gap-1.5 text-strong">
      <CircleAlert aria-hidden="true" className="size-3.5 shrink-0" />
      <span className="truncate font-medium">
        {row.readAt === null ? stateWords.unread : `Not current since ${formatTime(row.readAt)}`}
      </span>
      <span className="sr-only">: {trouble}</span>
    </span>
  );
}

function TagsCell({ row }: Props) {
  return <Labels words={row.profile.tags} none="No tag" />;
}

function GroupsCell({ row }: Props) {
  return <Labels words={row.groups.map(({ name }) => name)} none="In no group" />;
}

function LearnedCell({ row: { profile } }: Props) {
  return (
    <span className="truncate text-quiet">{learnedWords[profile.learnedFrom] ?? profile.learnedFrom}</span>
  );
}

function SeenCell({ row: { profile } }: Props) {
  const formatTime = useFormatTime();
  return (
    <span
      data-tip={`First seen ${formatTime(profile.firstSeenAt)}`}
      className="truncate whitespace-nowrap text-quiet"
    >
      <Time value={profile.lastSeenAt} /> ago
    </span>
  );
}

export const workspacesListWidth = "min-w-[1184px] @max-[860px]/list:min-w-0";

const ticks: ListColumn<WorkspaceRow, WorkspaceColumn | "tick"> = {
  id: "tick",
  label: "Ticked",
  Head: () => null,
  Cell: TickCell,
  place: "basis-10 px-0! @max-[560px]/list:col-start-1 @max-[560px]/list:row-start-1",
  fixed: "first",
  unsorted: true,
};

const others: readonly ListColumn<WorkspaceRow, WorkspaceColumn | "tick">[] = [
  {
    id: "name",
    label: "Workspace",
    Cell: NameCell,
    place:
      "basis-64 grow-2 @max-[860px]/list:basis-48 @max-[560px]/list:col-start-2 @max-[560px]/list:col-span-2 @max-[560px]/list:row-start-1",
    fixed: "second",
  },
  {
    id: "open",
    label: "Open incidents",
    Cell: OpenCell,
    place:
      "basis-52 grow @max-[860px]/list:basis-44 @max-[560px]/list:col-start-2 @max-[560px]/list:row-start-2",
    highFirst: true,
  },
  {
    id: "read",
    label: "Read",
    Cell: ReadCell,
    place:
      "basis-44 grow @max-[560px]/list:col-start-3 @max-[560px]/list:row-start-2 @max-[560px]/list:max-w-40 @max-[560px]/list:justify-end",
  },
  { id: "tags", label: "Tags", Cell: TagsCell, place: "basis-36 grow @max-[860px]/list:hidden" },
  { id: "groups", label: "Groups", Cell: GroupsCell, place: "basis-32 grow @max-[860px]/list:hidden" },
  { id: "learned", label: "Learned from", Cell: LearnedCell, place: "basis-32 @max-[860px]/list:hidden" },
  {
    id: "seen",
    label: "Last seen",
    Cell: SeenCell,
    place: "basis-26 @max-[860px]/list:hidden",
    highFirst: true,
  },
];

/** In the order in which they stand; with boxes for who may change something. */
export const workspaceListColumns = (mayTick: boolean) =>
  mayTick
    ? [ticks, ...others]
    : others.map((column) => (column.id === "name" ? { ...column, fixed: "first" as const } : column));
