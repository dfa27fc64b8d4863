import "server-only";
import type { WorkspaceScope } from "@/lib/domain/access";
import { csvLine } from "@/lib/domain/csv";
import type { RecoveryItem } from "@/lib/domain/recovery";
import { readItems } from "./view";

/** Items read at a time, each piece in a transaction of its own. */
const batch = 1_000;

const columns = [
  "number",
  "state",
  "why",
  "result",
  "receiver status",
  "sent at",
  "webhook",
  "delivery",
  "created at",
  "event",
  "event type",
  "account",
  "account name",
  "subject",
  "subject name",
  "failed attempts",
  "failed status",
  "redelivery",
];

function lineOf(item: RecoveryItem): string {
  const came = [item.state, item.why, item.result, item.resultHttpStatusCode, item.sentAt];
  const what = [item.webhookId, item.logId, item.createdAt, item.eventId, item.eventType];
  const whose = [item.accountId, item.accountName, item.subjectId, item.subjectName];
  return csvLine([
    item.seq,
    ...came,
    ...what,
    ...whose,
    item.attempts,
    item.httpStatusCode,
    item.resultLogId,
  ]);
}

/** All items that the person may see as CSV, in the order in which they are sent, read as fast as they are taken. */
export function reportStream(
  organisationId: string,
  id: string,
  scope: WorkspaceScope,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let after = 0;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      // With a mark of its encoding, or spreadsheets take UTF-8 for something else.
      controller.enqueue(encoder.encode(`\uFEFF${csvLine(columns)}`));
    },
    async pull(controller) {
      const page = await readItems(organisationId, id, scope, { state: null, after, limit: batch });
      if (page.items.length > 0) controller.enqueue(encoder.encode(page.items.map(lineOf).join("")));
      if (page.after === null) controller.close();
      else after = page.after;
    },
  });
}
