import "server-only";
import type { Datasource } from "@/lib/contract/shapes/datasource";
import { Failure, type FailureCode } from "@/lib/errors";
import { inTurns } from "@/lib/server/in-turns";
import { storable } from "./anomaly-key";
import { leftOut } from "./coverage";
import type { ListedConnector, WorkspaceConnectors } from "./record-connectors";
import type { DataSourceUpstream } from "./upstream";

/** More ids than this in one address risk its length limit. */
const batchSize = 50;
const batchesAtOnce = 4;
const looksAtOnce = 5;
/** A second look at each workspace is begun for so long; the rest have their turn in a later reading. */
const lookForMs = 15_000;
const longestName = 300;

/** After these a look at each single workspace may tell more: the call across workspaces is a guess, or one of the batch spoils it. */
const worthASecondLook: ReadonlySet<FailureCode> = new Set([
  "UPSTREAM_NOT_FOUND",
  "UPSTREAM_INVALID",
  "UPSTREAM_UNREADABLE",
  "UPSTREAM_FORBIDDEN",
]);

export interface ConnectorsRead {
  readonly workspaces: readonly WorkspaceConnectors[];
  readonly unreadableRows: number;
  /** The failure met last, for a person who waits for this very reading. */
  readonly error: Failure | null;
}

/**
 * Reads the connectors of these workspaces: in batches across workspaces, then one by one those that were left out, by the
 * documented call, which says why it fails. A batch that fails leaves the others as they are.
 * @throws the signal's reason when the caller left; failures of upstream are part of the result
 */
export async function readConnectors(
  upstream: DataSourceUpstream,
  ids: readonly string[],
  clock: () => number,
): Promise<ConnectorsRead> {
  const reading = new Reading(upstream, clock);
  const batches: string[][] = [];
  for (let at = 0; at < ids.length; at += batchSize) batches.push(ids.slice(at, at + batchSize));
  await inTurns(batches, batchesAtOnce, (batch) => reading.batch(batch));
  await reading.secondLook();
  return reading.result(ids);
}

class Reading {
  readonly #upstream: DataSourceUpstream;
  readonly #clock: () => number;
  readonly #outcomes = new Map<string, WorkspaceConnectors["outcome"]>();
  #again: string[] = [];
  #unreadableRows = 0;
  #error: Failure | null = null;

  constructor(upstream: DataSourceUpstream, clock: () => number) {
    this.#upstream = upstream;
    this.#clock = clock;
  }

  async batch(ids: readonly string[]): Promise<void> {
    try {
      const { groups, unreadableRows } = await this.#upstream.connectorsAcross(ids);
      this.#unreadableRows += unreadableRows;
      const asked = new Set(ids);
      for (const { workspaceId, dataSources } of groups)
        if (asked.has(workspaceId)) this.#outcomes.set(workspaceId, { connectors: listed(dataSources) });
      for (const id of ids)
        if (!this.#outcomes.has(id)) {
          this.#outcomes.set(id, { reason: leftOut });
          this.#again.push(id);
        }
    } catch (error) {
      const { code } = this.#failed(error);
      for (const id of ids) this.#outcomes.set(id, { reason: code });
      if (worthASecondLook.has(code)) this.#again.push(...ids);
    }
  }

  /** One by one, some at a time; given up when a whole handful fails alike, because the others would as well. */
  async secondLook(): Promise<void> {
    const untilMs = this.#clock() + lookForMs;
    const again = rotated(this.#again.sort(), Math.floor(this.#clock() / 1_000));
    for (let at = 0; at < again.length && this.#clock() < untilMs; at += looksAtOnce) {
      const handful = again.slice(at, at + looksAtOnce);
      const codes = await Promise.all(handful.map((id) => this.#look(id)));
      const [first] = codes;
      if (first && handful.length > 2 && codes.every((code) => code === first)) return;
    }
  }

  async #look(id: string): Promise<FailureCode | null> {
    try {
      const { connectors, unreadableRows } = await this.#upstream.connectorsOf(id);
      this.#unreadableRows += unreadableRows;
      this.#outcomes.set(id, { connectors: listed(connectors) });
      return null;
    } catch (error) {
      const { code } = this.#failed(error);
      this.#outcomes.set(id, { reason: code });
      return code;
    }
  }

  #failed(error: unknown): Failure {
    if (!(error instanceof Failure)) throw error;
    this.#error = error;
    return error;
  }

  result(ids: readonly string[]): ConnectorsRead {
    return {
      workspaces: ids.map((workspaceId) => ({
        workspaceId,
        outcome: this.#outcomes.get(workspaceId) ?? { reason: leftOut },
      })),
      unreadableRows: this.#unreadableRows,
      error: this.#error,
    };
  }
}

/** Starts elsewhere each time, so that a look that is cut short is not always cut at the same workspaces. */
function rotated(ids: readonly string[], by: number): readonly string[] {
  if (ids.length === 0) return ids;
  const at = by % ids.length;
  return [...ids.slice(at), ...ids.slice(0, at)];
}

/** In the form of the table; each id once, since the table can hold it once. */
function listed(connectors: readonly Datasource[]): readonly ListedConnector[] {
  const text = (value: string | null) => (value === null ? null : storable(value, longestName));
  const byId = new Map<string, ListedConnector>();
  for (const each of connectors) {
    const connectorId = storable(each.dataConnectorId, longestName);
    byId.set(connectorId, {
      connectorId,
      name: text(each.name),
      connectorType: text(each.connectorType),
      provider: text(each.provider),
      connected: each.connected,
    });
  }
  return [...byId.values()];
}
