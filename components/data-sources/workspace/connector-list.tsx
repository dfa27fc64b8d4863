"use client";

import { Time } from "@/components/shell/time";
import type { Datasource } from "@/lib/contract/shapes/datasource";
import type { MatrixCell } from "@/lib/domain/data-source-matrix";
import { anomalyText, cellStateSentences } from "@/lib/domain/data-source-words";
import { MarkWithWord } from "../marks";

export interface ConnectorListProps {
  readonly connectors: readonly Datasource[];
  /** Anomalies going on with a connector. */
  readonly cellOf: (connector: Datasource) => Pick<MatrixCell, "state" | "anomalies">;
}

/** The connectors of one workspace as ContraForce tells of them now. Its icons are addresses, and are never fetched. */
export function ConnectorList({ connectors, cellOf }: ConnectorListProps) {
  if (connectors.length === 0)
    return <p className="text-13 text-quiet">ContraForce lists no connector for this workspace.</p>;
  return (
    <ul className="flex flex-col">
      {connectors.map((connector) => (
        <li key={connector.dataConnectorId} className="border-b border-line py-2 text-13 last:border-b-0">
          <Connector connector={connector} cell={cellOf(connector)} />
        </li>
      ))}
    </ul>
  );
}

interface ConnectorProps {
  readonly connector: Datasource;
  readonly cell: Pick<MatrixCell, "state" | "anomalies">;
}

function Connector({ connector, cell }: ConnectorProps) {
  const { name, connectorType, provider, description, modificationDateTime } = connector;
  const about = [provider, name === null ? null : connectorType].filter((each) => each !== null);
  return (
    <>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-1">
        <p className="min-w-0 flex-1 basis-48 font-medium wrap-anywhere text-strong">
          {name ?? connectorType ?? connector.dataConnectorId}
          {about.length > 0 ? (
            <span className="ml-2 text-12 font-normal text-quiet">{about.join(" · ")}</span>
          ) : null}
        </p>
        <span className="text-normal">
          <MarkWithWord state={cell.state}>{cellStateSentences[cell.state]}</MarkWithWord>
        </span>
      </div>
      {cell.anomalies.map((anomaly) => (
        <p key={anomaly.id} className="text-pretty wrap-anywhere text-normal">
          {anomalyText(anomaly)}
        </p>
      ))}
      {description ? <p className="text-pretty wrap-anywhere text-normal">{description}</p> : null}
      <p className="text-12 text-quiet">
        {modificationDateTime === null ? (
          "ContraForce does not say when it was changed"
        ) : (
          <>
            Changed <Time value={modificationDateTime} mode="absolute" />
          </>
        )}
      </p>
      <Parameters helper={connector.parametersHelper} />
    </>
  );
}

/** It may hold configuration, so it is shown on demand only. */
function Parameters({ helper }: { readonly helper: Datasource["parametersHelper"] }) {
  if (helper.length === 0) return null;
  return (
    <details className="text-12">
      <summary className="w-fit cursor-default rounded-mark text-quiet hover:text-strong">
        {helper.length === 1 ? "1 setting" : `${helper.length} settings`}
      </summary>
      <dl className="mt-1 grid grid-cols-[minmax(0,max-content)_minmax(0,1fr)] gap-x-4 gap-y-1">
        {helper.map(({ propertyName, propertyValue }, index) => (
          <div key={`${index} ${propertyName}`} className="contents">
            <dt className="wrap-anywhere text-quiet">{propertyName ?? "Not named"}</dt>
            <dd className="min-w-0 font-mono wrap-anywhere text-normal">{valueText(propertyValue)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function valueText(value: unknown): string {
  if (value === null || value === undefined) return "–";
  return typeof value === "string" ? value : JSON.stringify(value);
}
