import "server-only";
import type { DeliveryLog, Webhook } from "@/lib/contract";
import type { HealthRow } from "@/lib/domain/delivery-health";
import { Failure } from "@/lib/errors";
import { inTurns } from "@/lib/server/in-turns";
import { processWide } from "@/lib/server/process-wide";
import { type DeskContext, readUpstream } from "./context";

/** How far back health looks. */
export const healthWindowMs = 24 * 3_600_000;
/** Bounds of one reading: rows per page, pages per webhook and over all webhooks, webhooks at once. */
export const healthBounds = { pageRows: 100, pagesEach: 10, pagesTotal: 100, atOnce: 3 } as const;
/** One reading serves everybody who may ask for it for so long. */
const keptMs = 45_000;

/** What health needs of a row; payloads of a day would be megabytes. */
export type ReadRow = HealthRow & Pick<DeliveryLog, "eventSourceAccountId">;

export interface ReadLog {
  readonly webhook: Webhook;
  readonly rows: readonly ReadRow[];
  readonly isComplete: boolean;
  readonly unreadableRows: number;
  readonly failure: Failure | null;
}

/** All webhooks and their logs as upstream gave them: never shown before it was filtered for the person. */
export interface HealthReading {
  readonly asOfMs: number;
  readonly fromMs: number;
  readonly logs: readonly ReadLog[];
}

type Source = Pick<DeskContext, "deps" | "connection" | "requestId">;

function rowOf(row: DeliveryLog): ReadRow {
  const { id, eventId, status, httpStatusCode, completedAt, errorMessage, createdAt, latencyMs } = row;
  const { webhookConfigurationId, originalDeliveryId, isTest, eventSourceAccountId } = row;
  const decides = { status, httpStatusCode, completedAt, errorMessage };
  return {
    ...decides,
    id,
    eventId,
    createdAt,
    latencyMs,
    webhookConfigurationId,
    originalDeliveryId,
    isTest,
    eventSourceAccountId,
  };
}

/** Pages that are left to all logs of one reading together. */
interface Purse {
  pages: number;
}

async function readLog(source: Source, webhook: Webhook, fromMs: number, purse: Purse): Promise<ReadLog> {
  const rows = new Map<string, ReadRow>();
  let token: string | null = null;
  let unreadableRows = 0;
  const end = (isComplete: boolean, failure: Failure | null = null): ReadLog => ({
    webhook,
    rows: [...rows.values()],
    isComplete,
    unreadableRows,
    failure,
  });
  const from = new Date(fromMs).toISOString();
  try {
    for (let page = 0; page < healthBounds.pagesEach && purse.pages > 0; page += 1) {
      purse.pages -= 1;
      const query: { from: string; pageSize: number; continuationToken?: string } = {
        from,
        pageSize: healthBounds.pageRows,
        ...(token !== null && { continuationToken: token }),
      };
      const input = { params: { id: webhook.id }, query, body: undefined };
      const { data, ...reply } = await readUpstream(source, "webhooks.deliveryLogs", input, {
        priority: "display",
      });
      unreadableRows += reply.unreadableRows;
      for (const row of data.items) rows.set(row.id, rowOf(row));
      if (!data.hasMore || data.continuationToken === token) return end(true);
      token = data.continuationToken;
    }
    return end(false);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    // What came before is not the whole; a figure over it would be taken for one.
    return end(false, error);
  }
}

async function readAll(source: Source): Promise<HealthReading> {
  const asOfMs = source.deps.now();
  const fromMs = asOfMs - healthWindowMs;
  const list = await readUpstream(source, "webhooks.list", { params: {}, query: {}, body: undefined });
  const purse: Purse = { pages: healthBounds.pagesTotal };
  const logs: ReadLog[] = [];
  await inTurns(list.data, healthBounds.atOnce, async (webhook, index) => {
    logs[index] = await readLog(source, webhook, fromMs, purse);
  });
  return { asOfMs, fromMs, logs };
}

interface Kept {
  readonly untilMs: number;
  readonly reading: Promise<HealthReading>;
}

const kept = processWide("webhook-health", () => new Map<string, Kept>());
const keyOf = ({ organisationId, credentialId }: DeskContext["connection"]) =>
  `${organisationId} ${credentialId}`;

/**
 * The organisation's reading: one for everybody who asks within 45 seconds, so **only for persons who were authorised**, and not to be changed. A
 * failure of the list is thrown and not kept; a failure of one log stands in its entry.
 */
export function healthReading(source: Source): Promise<HealthReading> {
  const now = source.deps.now();
  for (const [key, { untilMs }] of kept) if (untilMs <= now) kept.delete(key);
  const key = keyOf(source.connection);
  const held = kept.get(key);
  if (held) return held.reading;
  const reading = readAll(source);
  kept.set(key, { untilMs: now + keptMs, reading });
  reading.catch(() => {
    if (kept.get(key)?.reading === reading) kept.delete(key);
  });
  return reading;
}

/** Drops what is kept, so that a change of ours shows at the next look. */
export function forgetHealth(connection: DeskContext["connection"]): void {
  kept.delete(keyOf(connection));
}
