import "server-only";
import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { operationIds, registry } from "@/lib/contract";
import type { WebhookNote, WebhookNotesView } from "@/lib/domain/webhook-notes";
import { namesOf, personOf } from "@/lib/server/audit/read";
import { acrossRoles } from "@/lib/server/db/roles";
import { audit } from "@/lib/server/db/schema/tenant";
import { webhookNotes } from "@/lib/server/db/schema/webhooks";

const mostNotes = 100;
/** Every change of a webhook but creating it, which has no id yet. Redeliveries and tests stand in the delivery log. */
const actions = operationIds.filter(
  (id) =>
    id.startsWith("webhooks.") &&
    registry[id].kind === "mutation" &&
    !["webhooks.create", "webhooks.test", "webhooks.redeliver"].includes(id),
);

const ofPhase = (phase: "intent" | "outcome") => sql`${audit.detail}->>'phase' = ${phase}`;

/**
 * What was done with a webhook through Watchfloor, newest first: who, when, what, why, and how it ended. Read from the audit, so nothing that
 * was sent is missing; what people did elsewhere is not known here.
 */
export function readNotes(organisationId: string, webhookId: string): Promise<WebhookNotesView> {
  return acrossRoles(async (roles) => {
    const { begun, ended, notes } = await roles.organisation(organisationId, async (tx) => {
      const begun = await tx
        .select()
        .from(audit)
        .where(
          and(
            inArray(audit.action, actions),
            ofPhase("intent"),
            sql`lower(${audit.detail}->'input'->'params'->>'id') = ${webhookId}`,
          ),
        )
        .orderBy(desc(audit.seq))
        .limit(mostNotes + 1);
      const ids = begun.map(({ requestId }) => requestId);
      const byRequest = ids.length === 0 ? sql`false` : inArray(audit.requestId, ids);
      const ended = await tx
        .select()
        .from(audit)
        .where(and(inArray(audit.action, actions), ofPhase("outcome"), byRequest));
      const notes = await tx.select().from(webhookNotes).where(eq(webhookNotes.webhookId, webhookId));
      return { begun, ended, notes };
    });
    const endOf = new Map(ended.map((row) => [row.requestId, row]));
    const reasonOf = new Map(notes.map(({ requestId, reason }) => [requestId, reason]));
    const people = await namesOf(
      roles,
      begun.map(({ personId }) => personId),
    );
    const all = begun.map((row): WebhookNote => {
      const end = endOf.get(row.requestId) ?? row;
      return {
        id: String(row.seq),
        at: row.at.toISOString(),
        person: personOf(people, row.personId),
        action: row.action,
        reason: reasonOf.get(row.requestId) ?? null,
        outcome: end.outcome,
        upstreamRequestId: end.upstreamRequestId,
        requestId: row.requestId,
      };
    });
    return { notes: all.slice(0, mostNotes), isCut: all.length > mostNotes };
  });
}
