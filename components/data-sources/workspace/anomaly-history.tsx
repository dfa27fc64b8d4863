"use client";

import { useFormatTime } from "@/components/data/use-format-time";
import { Time } from "@/components/shell/time";
import { anomalyConnector, anomalyText, describeState } from "@/lib/domain/data-source-words";
import type { DataSourceAnomaly } from "@/lib/domain/data-sources";
import { AnomalyMark } from "../marks";

/** Anomalies of one workspace, each with its span. */
export function AnomalyHistory({ anomalies }: { readonly anomalies: readonly DataSourceAnomaly[] }) {
  const formatTime = useFormatTime();
  return (
    <ul className="flex flex-col">
      {anomalies.map((anomaly) => (
        <li key={anomaly.id} className="flex gap-2.5 border-b border-line py-2 text-13 last:border-b-0">
          <span className="mt-0.5">
            <AnomalyMark state={anomaly.state} />
          </span>
          <div className="min-w-0 flex-1">
            <p className="font-medium wrap-anywhere text-strong">
              {anomalyConnector(anomaly)}
              {anomaly.tableName ? (
                <span className="ml-2 text-12 font-normal text-quiet">{anomaly.tableName}</span>
              ) : null}
            </p>
            <p className="text-pretty wrap-anywhere text-normal">{anomalyText(anomaly)}</p>
            <p className="text-12 text-quiet">
              {describeState(anomaly, formatTime)} · first seen{" "}
              <Time value={anomaly.firstSeenAt} mode="absolute" />
              {anomaly.lastGoodAt && anomaly.closedAt === null ? (
                <>
                  {" · last good "}
                  <Time value={anomaly.lastGoodAt} mode="absolute" />
                </>
              ) : null}
              {anomaly.state === "unconfirmed" ? (
                <>
                  {" · last seen "}
                  <Time value={anomaly.lastSeenAt} mode="absolute" />
                </>
              ) : null}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
