"use client";

import type { ReactNode } from "react";
import { SeverityMark } from "@/components/ui/severity-mark";
import { SourceTag } from "@/components/ui/source-tag";
import { StatusDot } from "@/components/ui/status-dot";
import { Skeleton } from "@/components/ui/skeleton";
import { workspaceHue } from "@/components/ui/workspace-hue";
import { WorkspaceTile } from "@/components/ui/workspace-tile";
import { Time } from "@/components/shell/time";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import { numberText, ownerName, titleText } from "@/lib/domain/incident-view-words";
import type { IncidentKey } from "@/lib/routes";

export interface IncidentHeadProps {
  readonly incidentKey: IncidentKey;
  readonly incident: IncidentRow | null;
  /** Buttons at the end of the band. */
  readonly actions: ReactNode;
}

/** Whose incident it is comes first, in the workspace's own hue; then what it is and how it stands. */
export function IncidentHead({ incidentKey, incident, actions }: IncidentHeadProps) {
  const { workspaceId } = incidentKey;
  return (
    <header className="shrink-0 border-b border-line">
      <div
        data-hue={workspaceHue(workspaceId)}
        className="flex h-10 items-center gap-2 bg-hue-ground pr-2 pl-4 text-hue-ink"
      >
        <WorkspaceTile
          workspaceId={workspaceId}
          name={incident?.workspaceName ?? null}
          withName
          className="flex-1 text-13 font-semibold"
        />
        {actions}
      </div>
      <div className="px-4 pt-3 pb-3">
        {incident === null ? <Skeleton className="my-1 h-5 w-4/5" /> : <Title incident={incident} />}
        <Standing incident={incident} source={incidentKey.source} />
      </div>
    </header>
  );
}

function Title({ incident }: { readonly incident: IncidentRow }) {
  return (
    <h2 className="text-16 font-semibold text-pretty text-strong wrap-anywhere">{titleText(incident)}</h2>
  );
}

function Standing({ incident, source }: { readonly incident: IncidentRow | null; readonly source: string }) {
  const number = incident === null ? null : numberText(incident);
  return (
    <div className="mt-2 flex min-h-6 flex-wrap items-center gap-x-4 gap-y-1 text-13 text-normal">
      <span className="inline-flex items-center gap-2">
        <SourceTag source={source} name={incident?.sourceDisplayName} />
        {number === null ? null : <span className="font-medium text-strong">{number}</span>}
      </span>
      {incident === null ? (
        <Skeleton className="h-3 w-60" />
      ) : (
        <>
          <SeverityMark severity={incident.severity} word />
          <StatusDot status={incident.status} word />
          <span className="max-w-72 truncate">
            <span className="text-quiet">Owner </span>
            {ownerName(incident) ?? "nobody"}
          </span>
          <span>
            <span className="text-quiet">Age </span>
            <Time value={incident.creationTime} className="font-medium text-strong" />
          </span>
        </>
      )}
    </div>
  );
}
