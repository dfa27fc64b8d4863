"use client";

import { Workflow } from "lucide-react";
import Link from "next/link";
import { Dash } from "@/components/data/list/dash";
import { keepForRow } from "@/components/data/list/keep-for-row";
import type { CellProps } from "@/components/data/list/list-column";
import { WorkspaceName } from "@/components/data/list/workspace-name";
import { MiddleText } from "@/components/data/middle-text";
import { useSession } from "@/components/shell/session";
import type { Gamebook } from "@/lib/contract/shapes/gamebook";
import { runTitle } from "@/lib/domain/gamebook-run";
import { runHref } from "./run-href";
import { RunStateMark } from "./run-state";
import { StarterName } from "./starter";

type RunCell = CellProps<Gamebook>;

/** The narrow first column has room for its sign only. */
export function StateHead() {
  return <Workflow aria-hidden="true" className="size-3 shrink-0" />;
}

export function StateCell({ row }: RunCell) {
  return <RunStateMark status={row.status} />;
}

export function WorkspaceCell({ row }: RunCell) {
  const { workspaceId, workspaceName } = row;
  if (workspaceId === null) return <Dash word="Workspace not named" />;
  return <WorkspaceName workspaceId={workspaceId} name={workspaceName} />;
}

/** A link to the run's own page, so that it can be opened beside; a plain click belongs to the row. */
export function RunTitle({ run }: { readonly run: Gamebook }) {
  const { organisation } = useSession();
  const href = runHref(organisation.slug, run);
  const title = <MiddleText text={runTitle(run)} />;
  if (href === null) return <span className="min-w-0 text-strong">{title}</span>;
  return (
    <Link
      href={href}
      prefetch={false}
      tabIndex={-1}
      draggable={false}
      onClick={keepForRow}
      className="min-w-0 overflow-hidden text-strong outline-none"
    >
      {title}
    </Link>
  );
}

export function IncidentCell({ row }: RunCell) {
  const { incidentNumber, incidentTitle } = row;
  if (incidentTitle === null && incidentNumber === null) return <Dash word="Incident not named" />;
  return (
    <span className="flex min-w-0 gap-1.5">
      {incidentNumber === null ? null : <span className="shrink-0 text-quiet">{incidentNumber}</span>}
      <MiddleText text={incidentTitle ?? "(no title)"} />
    </span>
  );
}

export function StarterCell({ row }: RunCell) {
  return <StarterName run={row} />;
}
