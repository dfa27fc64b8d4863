"use client";

import Link from "next/link";
import { Dash } from "@/components/data/list/dash";
import { keepForRow } from "@/components/data/list/keep-for-row";
import type { CellProps } from "@/components/data/list/list-column";
import { WorkspaceName } from "@/components/data/list/workspace-name";
import { MiddleText } from "@/components/data/middle-text";
import { useClock } from "@/components/shell/clock";
import { useSession } from "@/components/shell/session";
import { Time } from "@/components/shell/time";
import { SeverityMark } from "@/components/ui/severity-mark";
import { SourceTag } from "@/components/ui/source-tag";
import { StatusDot } from "@/components/ui/status-dot";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import { ageMs, ageWeight, type AgeWeight } from "@/lib/domain/ageing";
import { numberText, ownerName, spellOut, titleText } from "@/lib/domain/incident-view-words";
import { routes } from "@/lib/routes";
import { incidentKeyOf } from "./incident-key";

type Props = CellProps<IncidentRow>;

export function SeverityCell({ row: incident }: Props) {
  return <SeverityMark severity={incident.severity} />;
}

export function WorkspaceCell({ row: incident }: Props) {
  const { workspaceId, workspaceName } = incident;
  return <WorkspaceName workspaceId={workspaceId} name={workspaceName} />;
}

/** A link to the incident's own page, so that it can be opened beside; a plain click opens the drawer (see the row). */
export function TitleCell({ row: incident }: Props) {
  const { organisation } = useSession();
  return (
    <Link
      href={routes.incident(organisation.slug, incidentKeyOf(incident))}
      prefetch={false}
      tabIndex={-1}
      draggable={false}
      onClick={keepForRow}
      className="min-w-0 text-strong outline-none group-data-gone/row:text-quiet group-data-gone/row:line-through"
    >
      <MiddleText text={titleText(incident)} />
    </Link>
  );
}

export function NumberCell({ row: incident }: Props) {
  const text = numberText(incident);
  return text === null ? <Dash word="No number" /> : <span className="truncate">{text}</span>;
}

export function SourceCell({ row: incident }: Props) {
  return <SourceTag source={incident.source} name={incident.sourceDisplayName} />;
}

export function StatusCell({ row: incident }: Props) {
  return <StatusDot status={incident.status} word />;
}

export function OwnerCell({ row: incident }: Props) {
  const name = ownerName(incident);
  if (name === null) return <Dash word="Nobody" />;
  const email = incident.user?.email;
  return (
    <span data-tip={email && email !== name ? `${name}\n${email}` : name} className="truncate">
      {name}
    </span>
  );
}

/** The eye's anchor: the older, the heavier. */
const ageInk: Record<AgeWeight, string> = {
  fresh: "text-normal",
  settled: "text-normal font-medium",
  old: "text-strong font-semibold",
  stale: "text-strong font-bold",
};

export function AgeCell({ row: incident }: Props) {
  const nowMs = useClock(60_000);
  const weight = ageWeight(ageMs(incident.creationTime, nowMs));
  return <Time value={incident.creationTime} className={`whitespace-nowrap ${ageInk[weight]}`} />;
}

export function AlertsCell({ row: incident }: Props) {
  return incident.alertsCount === null ? <Dash word="Not known" /> : incident.alertsCount;
}

/** The first word and how many more there are; all of them in the tip. */
export function Words({ words, none }: { readonly words: readonly string[]; readonly none: string }) {
  const [first, ...more] = words;
  if (first === undefined) return <Dash word={none} />;
  return (
    <span data-tip={words.join(", ")} className="flex min-w-0 gap-1">
      <span className="truncate">{first}</span>
      {more.length > 0 ? (
        <span className="shrink-0 text-quiet">
          +{more.length}
          <span className="sr-only"> more: {more.join(", ")}</span>
        </span>
      ) : null}
    </span>
  );
}

export function TacticsCell({ row: incident }: Props) {
  return <Words words={incident.tactics.map(spellOut)} none="None" />;
}

export function ChangedCell({ row: incident }: Props) {
  return <Time value={incident.lastModificationTime} className="whitespace-nowrap" />;
}
