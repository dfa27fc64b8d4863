"use client";

import { useMemo } from "react";
import { CoverageOnDemand } from "@/components/data/coverage-on-demand";
import { useFormatTime } from "@/components/data/use-format-time";
import { type StatusLineContent, useStatusLine } from "@/components/shell/status-line";
import { type Coverage, describeCoverage, summariseCoverage } from "@/lib/domain/coverage";
import { describeAnomalyCoverage, isIncomplete } from "@/lib/domain/data-source-words";
import type { AnomaliesView, ConnectorsView } from "@/lib/domain/data-sources";

interface Reading<View> {
  readonly data: View | undefined;
  readonly error: Error | null;
}

/** Says at the foot of the page what it rests on: the anomalies, or the connectors. */
export function useDeskStatus(
  kind: "anomalies" | "connectors",
  reading: Reading<AnomaliesView | ConnectorsView>,
): void {
  const formatTime = useFormatTime();
  const { data, error } = reading;
  const content = useMemo(
    () => contentOf(kind, { data, error }, formatTime),
    [kind, data, error, formatTime],
  );
  useStatusLine(content);
}

function contentOf(
  kind: "anomalies" | "connectors",
  { data, error }: Reading<AnomaliesView | ConnectorsView>,
  formatTime: (iso: string) => string,
): StatusLineContent {
  if (data === undefined)
    return error === null
      ? { tone: "busy", summary: `Reading the ${kind}` }
      : { tone: "failed", summary: `The ${kind} could not be read` };
  const coverage: Coverage = {
    asOf: data.asOf ?? "",
    entries: data.coverage,
    unreadableRows: data.unreadableRows,
  };
  const summary =
    kind === "anomalies"
      ? describeAnomalyCoverage(data.coverage, formatTime)
      : describeCoverage(summariseCoverage(coverage), formatTime);
  const tone = error ? "failed" : isIncomplete(data.coverage) ? "partial" : "live";
  return {
    tone,
    summary,
    details: (
      <>
        {kind === "anomalies" ? (
          <p className="mb-3 text-12 text-pretty text-quiet">
            ContraForce names only workspaces with an anomaly. One that is not named may be well, or may not
            have been looked at; that its connectors answered says only that it can be read.
          </p>
        ) : null}
        <CoverageOnDemand coverage={coverage} />
      </>
    ),
  };
}
