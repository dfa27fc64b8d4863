import { MiddleText } from "@/components/data/middle-text";
import { SeverityMark } from "@/components/ui/severity-mark";
import { StatusDot } from "@/components/ui/status-dot";
import { WorkspaceTile } from "@/components/ui/workspace-tile";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import { numberText, titleText } from "@/lib/domain/incident-view-words";
import { Time } from "../time";

/** One incident in the palette: how bad, whose, what, which number, how old. */
export function IncidentOption({ incident }: { readonly incident: IncidentRow }) {
  const number = numberText(incident);
  return (
    <>
      <SeverityMark severity={incident.severity} />
      <span className="min-w-0 flex-1">
        <MiddleText text={titleText(incident)} />
      </span>
      {number === null ? null : <span className="shrink-0 text-quiet">{number}</span>}
      <StatusDot status={incident.status} />
      <WorkspaceTile
        workspaceId={incident.workspaceId}
        name={incident.workspaceName}
        withName
        className="w-40 shrink-0 max-sm:hidden"
      />
      <Time value={incident.creationTime} className="w-14 shrink-0 text-right whitespace-nowrap text-quiet" />
    </>
  );
}
