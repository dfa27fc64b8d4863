import "server-only";
import { type OperationId, registry, type Webhook } from "@/lib/contract";
import type { StateChange } from "@/lib/domain/webhook-notes";
import type { WebhookAct } from "@/lib/domain/webhook-state";
import { recordAudit } from "@/lib/server/audit/record";
import { withOrganisation } from "@/lib/server/db/organisation";
import { webhookNotes } from "@/lib/server/db/schema/webhooks";
import { type Act, audited } from "@/lib/server/proxy/audited";
import type { DeskContext, DeskDependencies } from "./context";
import { forgetHealth } from "./health-reading";

const operations = {
  pause: "webhooks.pause",
  resume: "webhooks.resume",
  enable: "webhooks.enable",
} as const satisfies Record<WebhookAct, OperationId>;

/** The audit's way of writing, with the reason in the transaction of the row before the call: both are there, or the call does not happen. */
function withReason(deps: DeskDependencies, webhookId: string, reason: string): DeskDependencies {
  return {
    ...deps,
    recordAudit: (entry) =>
      withOrganisation(entry.organisationId, async (tx) => {
        const { organisationId, requestId } = entry;
        if (entry.detail.phase === "intent")
          await tx.insert(webhookNotes).values({ organisationId, requestId, webhookId, reason });
        await recordAudit(tx, entry);
      }),
  };
}

/** An act of the registry as the audit names it. */
export function actOn(context: DeskContext, id: OperationId, params: Readonly<Record<string, string>>): Act {
  const { principal, membership, requestId } = context;
  const located = {
    org: membership.organisationSlug,
    id,
    operation: registry[id],
    params,
    search: new URLSearchParams(),
  };
  return { principal, membership, located, requestId };
}

/**
 * Pauses, resumes or enables a webhook. The reason is stored before upstream is called, so it is never lost, whatever becomes of the call.
 * @throws Failure STORE_UNAVAILABLE (nothing was sent), UPSTREAM_*, OUTCOME_UNKNOWN
 */
export async function changeState(
  context: DeskContext,
  webhookId: string,
  { act, reason }: StateChange,
): Promise<Webhook | null> {
  const { deps, connection, requestId } = context;
  const id = operations[act];
  const values = { params: { id: webhookId }, query: {}, body: undefined };
  const send = () => deps.callUpstream(connection, id, values, { requestId, priority: "interactive" });
  try {
    const reply = await audited(
      withReason(deps, webhookId, reason),
      actOn(context, id, values.params),
      values,
      send,
    );
    // The client parsed the reply with this operation's schema: a webhook or nothing.
    return reply.data as Webhook | null;
  } finally {
    forgetHealth(connection);
  }
}
