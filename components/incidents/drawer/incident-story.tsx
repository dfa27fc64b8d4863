"use client";

import { useState } from "react";
import { FailureCallout } from "@/components/data/failure-panel";
import { Time } from "@/components/shell/time";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/class-names";
import { SeverityMark } from "@/components/ui/severity-mark";
import type { IncidentAlert, IncidentRow } from "@/lib/contract/shapes/incident";
import { orderAlerts } from "@/lib/domain/incident-view-detail";
import { spellOut } from "@/lib/domain/incident-view-words";
import { Part, PartSkeleton } from "@/components/data/drawer/part";
import type { IncidentReading } from "./use-incident";

/** What happened: the description, and the alerts behind it. */
export function IncidentStory({ reading }: { readonly reading: IncidentReading }) {
  const { incident, detail, error, isReading, again } = reading;
  return (
    <>
      {error === null ? null : (
        <FailureCallout
          error={error}
          onRetry={again}
          unaffected={
            incident === null ? "The list is unaffected." : "What the list knows of it stays below."
          }
          className="m-4"
        />
      )}
      <Part title="Description">
        <Description incident={incident} isReading={isReading} />
      </Part>
      {detail === null && !isReading ? null : (
        <Part
          title="Alerts"
          count={detail?.investigationDetails.alerts.length ?? incident?.alertsCount ?? undefined}
        >
          {detail === null ? (
            <PartSkeleton lines={3} />
          ) : (
            <Alerts alerts={detail.investigationDetails.alerts} />
          )}
        </Part>
      )}
    </>
  );
}

/** Longer texts than this fold. */
const foldFrom = { letters: 700, lines: 10 } as const;

/** The vendor's text as text: line breaks are kept, nothing in it is ever markup. */
function Description({ incident, isReading }: { incident: IncidentRow | null; isReading: boolean }) {
  const [isWhole, setWhole] = useState(false);
  const text = incident?.description?.trim() ?? "";
  if (text === "")
    return isReading ? (
      <PartSkeleton lines={3} />
    ) : (
      <p className="text-13 text-quiet">The source gives none.</p>
    );
  const isLong = text.length > foldFrom.letters || text.split("\n").length > foldFrom.lines;
  return (
    <>
      <p
        className={cx(
          "max-w-[80ch] text-13 whitespace-pre-wrap text-normal wrap-anywhere",
          isLong && !isWhole && "line-clamp-9",
        )}
      >
        {text}
      </p>
      {isLong ? (
        <Button variant="quiet" size="small" className="mt-1 -ml-2" onClick={() => setWhole((now) => !now)}>
          {isWhole ? "Show less" : "Show all of it"}
        </Button>
      ) : null}
    </>
  );
}

/** More alerts than this are shown when asked for. */
const alertsShown = 12;

function Alerts({ alerts }: { readonly alerts: readonly IncidentAlert[] }) {
  const [isWhole, setWhole] = useState(false);
  if (alerts.length === 0) return <p className="text-13 text-quiet">The source names none.</p>;
  const ordered = orderAlerts(alerts);
  const shown = isWhole ? ordered : ordered.slice(0, alertsShown);
  return (
    <>
      <ul>
        {shown.map((alert, index) => (
          <AlertLine key={alert.id ?? index} alert={alert} />
        ))}
      </ul>
      {ordered.length > shown.length ? (
        <Button variant="quiet" size="small" className="mt-1 -ml-2" onClick={() => setWhole(true)}>
          Show all {ordered.length} alerts
        </Button>
      ) : null}
    </>
  );
}

function AlertLine({ alert }: { readonly alert: IncidentAlert }) {
  const origin = [alert.productName ?? alert.vendorName, alert.status && spellOut(alert.status)];
  return (
    <li className="flex gap-2 border-b border-line py-1.5 text-13 last:border-b-0">
      <SeverityMark severity={alert.severity} className="mt-1 self-start" />
      <span className="min-w-0 flex-1">
        <span className="block text-normal wrap-anywhere">{alert.title ?? "(no title)"}</span>
        <span className="block text-12 text-quiet">{origin.filter(Boolean).join(" · ")}</span>
      </span>
      <Time value={alert.creationTime} mode="absolute" className="shrink-0 text-12 text-quiet" />
    </li>
  );
}
