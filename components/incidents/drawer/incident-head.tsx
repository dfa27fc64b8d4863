"use client";

import { SeverityMark } from "@/components/ui/severity-mark";
import { SourceTag } from "@/components/ui/source-tag";
import { StatusDot } from "@/components/ui/status-dot";
import { Skeleton } from "@/components/ui/skeleton";
import { Time } from "@/components/shell/time";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import { numberText, ownerName, titleText } from "@/lib/domain/incident-view-words";

export interface IncidentHeadProps {
  readonly source: string;
  readonly incident: IncidentRow | null;
}

/** What it is and how it stands. */
export function IncidentHead({ source, incident }: IncidentHeadProps) {
  return (
    <div className="px-4 pt-3 pb-3">
      {incident === null ? <Skeleton className="my-1 h-5 w-4/5" /> : <Title incident={incident} />}
      <Standing incident={incident} source={source} />
    </div>
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
