"use client";

import { Fact, Facts, IdFact, MomentFact } from "@/components/data/drawer/facts";
import { Part } from "@/components/data/drawer/part";
import { useFormatTime } from "@/components/data/use-format-time";
import { RawText } from "@/components/ui/raw-text";
import { describeState, stateReasons } from "@/lib/domain/data-source-words";
import type { DataSourceAnomaly } from "@/lib/domain/data-sources";
import { AnomalyMark } from "../marks";

/** Everything that is known of an anomaly, ours first, then ContraForce's, then the row as it came. */
export function AnomalyFacts({
  anomaly,
  raw,
}: {
  readonly anomaly: DataSourceAnomaly;
  readonly raw: string;
}) {
  const formatTime = useFormatTime();
  const reason = stateReasons[anomaly.state];
  return (
    <>
      <Part title="History kept by Watchfloor">
        <Facts>
          <Fact name="State">
            <span className="inline-flex items-center gap-1.5">
              <AnomalyMark state={anomaly.state} />
              <span aria-hidden="true">{describeState(anomaly, formatTime)}</span>
            </span>
            {reason ? <span className="block text-12 text-pretty text-quiet">{reason}</span> : null}
          </Fact>
          <MomentFact name="First seen" value={anomaly.firstSeenAt} none="Not known" />
          <MomentFact name="Last seen" value={anomaly.lastSeenAt} none="Not known" />
          <MomentFact
            name="Last good"
            value={anomaly.lastGoodAt}
            none="No reading has named this workspace without the anomaly"
          />
          {anomaly.closedAt ? <MomentFact name="Closed" value={anomaly.closedAt} /> : null}
        </Facts>
      </Part>
      <Part title="As ContraForce reports it">
        <Facts>
          <Fact name="Message">{anomaly.message ?? "None"}</Fact>
          <Fact name="Table">{anomaly.tableName ?? "None named"}</Fact>
          <MomentFact name="Last received" value={anomaly.lastReceivedAt} none="Not told" />
          <MomentFact name="Noticed" value={anomaly.reportedAt} none="Not told" />
          <Figure name="Expected" value={anomaly.expected} />
          <Figure name="Actual" value={anomaly.actual} />
          <Figure name="Score" value={anomaly.score} />
          <IdFact name="Connector id" value={anomaly.connectorId} />
          <IdFact name="Workspace id" value={anomaly.workspaceId} />
        </Facts>
      </Part>
      <Part title="As it came">
        <RawText text={raw} label="The row as ContraForce sent it" className="my-2 max-h-80 bg-page" />
      </Part>
    </>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: number | null }) {
  return (
    <Fact name={name}>
      {value === null ? <span className="text-quiet">Not told</span> : value.toLocaleString("en")}
    </Fact>
  );
}
