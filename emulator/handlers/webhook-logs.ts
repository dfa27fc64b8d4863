import type { Call } from "../api/handler";
import { invalid, notFound } from "../http/problem";
import { parseInstant } from "../time/instant";
import type { Delivery, Webhook } from "../webhooks/webhook";
import { deliveryOut } from "../webhooks/webhook-out";

const purpose = "delivery log";
type Position = [webhookId: string, createdAt: number, id: string];

/** Newest first; ids break ties. */
function newestFirst(log: readonly Delivery[]): Delivery[] {
  return [...log].sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1));
}

function startOf(call: Call<"webhooks.deliveryLogs">, webhook: Webhook, rows: readonly Delivery[]): number {
  const { continuationToken } = call.query;
  if (continuationToken === undefined) return 0;
  // What opens for this purpose was sealed below, so it is a position.
  const position = call.world.tokens.open(purpose, continuationToken) as Position | null;
  if (position === null || position[0] !== webhook.id)
    throw invalid({ continuationToken: ["The continuation token is not valid."] });
  const [, createdAt, id] = position;
  const start = rows.findIndex(
    (row) => row.createdAt < createdAt || (row.createdAt === createdAt && row.id > id),
  );
  return start < 0 ? rows.length : start;
}

/** Both bounds count, and are compared with `createdAt` (a guess). */
export function pageOfLog(call: Call<"webhooks.deliveryLogs">, webhook: Webhook): Record<string, unknown> {
  const { from, to, pageSize } = call.query;
  const rows = newestFirst(webhook.log).filter(
    (row) =>
      (from === undefined || row.createdAt >= Date.parse(from)) &&
      (to === undefined || row.createdAt <= Date.parse(to)),
  );
  const start = startOf(call, webhook, rows);
  const page = rows.slice(start, start + pageSize);
  const last = page[page.length - 1];
  const hasMore = start + pageSize < rows.length && last !== undefined;
  const position: Position | null = hasMore ? [webhook.id, last.createdAt, last.id] : null;
  return {
    items: page.map((row) => deliveryOut(row, webhook)),
    continuationToken: position === null ? null : call.world.tokens.seal(purpose, position),
    hasMore,
  };
}

/** @throws ApiProblem 404 also when the partition key is another row's (a guess) */
export function requireRow(webhook: Webhook, logId: string, createdAt: string): Delivery {
  const at = parseInstant(createdAt.replace(" ", "T"));
  const wanted = logId.toLowerCase();
  const row = webhook.log.find((candidate) => candidate.id === wanted && candidate.createdAt === at);
  if (row === undefined) throw notFound("Delivery log", logId);
  return row;
}
