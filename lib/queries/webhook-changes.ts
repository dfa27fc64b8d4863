import { type Answer, call, exchange } from "@/lib/client/call";
import type { DeliveryLog, Webhook } from "@/lib/contract/shapes/webhook";
import { CallError, isNotFound } from "@/lib/client/call-error";
import type { StateChange } from "@/lib/domain/webhook-notes";
import { apiRoutes, type DeliveryKey } from "@/lib/routes";
import type { CreateBody, CredentialsBody, UpdateBody } from "./webhook-bodies";
import {
  createSettlement,
  credentialsSettlement,
  deleteSettlement,
  type RedeliverySigns,
  redeliverySettlement,
  type Settlement,
  stateSettlement,
  testSettlement,
  updateSettlement,
} from "./webhook-settlement";

/**
 * One change of a webhook: how it is sent, and how a later reading tells whether it happened when its answer was lost.
 * What is secret stays in the closure of `send`; neither the act nor its answer carries it.
 */
export interface WebhookChange<Data> {
  /** Sends it once. @throws {CallError}, with OUTCOME_UNKNOWN or NO_ANSWER when nobody can say whether it happened. */
  readonly send: () => Promise<Answer<Data>>;
  /** Reads it again; never repeats the change. @throws {CallError} when that reading fails. */
  readonly settle: () => Promise<Settlement>;
  /** Id of the webhook that is gone once it is done: nothing about it can be read any more. */
  readonly deletes?: string;
}

/** Whether a failure leaves open what happened. A call of ours that got no answer at all is one of them. */
export function isOutcomeUnknown(error: Error | null): boolean {
  return (
    error instanceof CallError && ["OUTCOME_UNKNOWN", "NO_ANSWER", "UNREADABLE_ANSWER"].includes(error.code)
  );
}

/** The state before the act, to tell a later one from; null when it could not be read, and then less can be told. */
async function remember<State>(read: () => Promise<State>): Promise<State | null> {
  try {
    return await read();
  } catch {
    return null; // the act itself says what is wrong
  }
}

const listed = async (org: string) => (await call(org, "webhooks.list", {})).data;
const oneOf = async (org: string, id: string) => (await call(org, "webhooks.get", { params: { id } })).data;
const newest = async (org: string, id: string) =>
  (await call(org, "webhooks.deliveryLogs", { params: { id }, query: { pageSize: 100 } })).data.items;

async function isMissing(org: string, id: string): Promise<boolean> {
  try {
    await oneOf(org, id);
    return false;
  } catch (error) {
    if (isNotFound(error)) return true;
    throw error;
  }
}

/**
 * Creates a webhook. @param onSecret gets the signing secret, which is in this one answer and nowhere else; null when
 * the answer held none under a name that we know.
 */
export function createChange(
  org: string,
  body: CreateBody,
  onSecret: (secret: string | null) => void,
): WebhookChange<Webhook | null> {
  let before: readonly Webhook[] | null = null;
  return {
    send: async () => {
      before = await remember(() => listed(org));
      const { data, meta } = await call(org, "webhooks.create", { body });
      if (data === null) {
        onSecret(null);
        return { data: null, meta };
      }
      const { secret, ...webhook } = data;
      onSecret(secret || null);
      return { data: webhook, meta };
    },
    settle: async () => createSettlement(body, before, await listed(org)),
  };
}

/** Changes name, description, address or events. */
export function updateChange(org: string, id: string, body: UpdateBody): WebhookChange<Webhook | null> {
  return {
    send: () => call(org, "webhooks.update", { params: { id }, body }),
    settle: async () => updateSettlement(body, await oneOf(org, id)),
  };
}

export function deleteChange(org: string, id: string): WebhookChange<{ readonly ok: boolean }> {
  return {
    send: () => call(org, "webhooks.delete", { params: { id } }),
    settle: async () => deleteSettlement(await isMissing(org, id)),
    deletes: id,
  };
}

/** Replaces how upstream shows itself to the receiver. No answer brings a secret back. */
export function credentialsChange(org: string, id: string, body: CredentialsBody): WebhookChange<unknown> {
  let before: Webhook | null = null;
  return {
    send: async () => {
      before = await remember(() => oneOf(org, id));
      return call(org, "webhooks.credentials", { params: { id }, body });
    },
    settle: async () => credentialsSettlement(body, before, await oneOf(org, id)),
  };
}

/** Pauses, resumes or enables; Watchfloor keeps the reason with it. */
export function stateChange(org: string, id: string, change: StateChange): WebhookChange<Webhook | null> {
  return {
    send: async () => {
      const { data, meta } = await exchange(apiRoutes.webhookState(org, id), {
        method: "POST",
        body: change,
      });
      // The route answers with the webhook as the contract reads it, or null when upstream gives none back.
      return { data: data as Webhook | null, meta };
    },
    settle: async () => stateSettlement(change.act, await oneOf(org, id)),
  };
}

/** What was sent on a person's behalf: its result comes up in the delivery log. */
export interface SentDelivery {
  /** False: upstream answered that it did not. */
  readonly ok: boolean;
  /** Deliveries of this kind that were in the log before, by id; null when nobody could read them. */
  readonly known: readonly string[] | null;
}

const idsOf = (rows: readonly DeliveryLog[] | null) => rows?.map(({ id }) => id) ?? null;

/** The newest test deliveries: those among the newest hundred rows of the log. */
export async function readTests(org: string, id: string): Promise<readonly DeliveryLog[]> {
  return (await newest(org, id)).filter(({ isTest }) => isTest === true);
}

/** Sends a test event. Its verdict is read from the log, because the form of the answer is a guess. */
export function testChange(org: string, id: string): WebhookChange<SentDelivery> {
  let before: readonly DeliveryLog[] | null = null;
  return {
    send: async () => {
      before = await remember(() => readTests(org, id));
      const { data, meta } = await call(org, "webhooks.test", { params: { id } });
      return { data: { ok: data.ok, known: idsOf(before) }, meta };
    },
    settle: async () => testSettlement(before, await readTests(org, id)),
  };
}

/** The newest redeliveries of a delivery: those among the newest hundred rows of the log. */
export async function readRedeliveries(org: string, key: DeliveryKey): Promise<readonly DeliveryLog[]> {
  const rows = await newest(org, key.webhookId);
  return rows.filter(({ originalDeliveryId }) => originalDeliveryId === key.logId);
}

/** Delivers one event again. */
export function redeliverChange(org: string, key: DeliveryKey): WebhookChange<SentDelivery> {
  const one = { params: { id: key.webhookId, logId: key.logId }, query: { createdAt: key.createdAt } };
  const read = async (): Promise<RedeliverySigns> => ({
    original: (await call(org, "webhooks.deliveryLog", one)).data,
    copies: await readRedeliveries(org, key),
  });
  let before: RedeliverySigns | null = null;
  return {
    send: async () => {
      before = await remember(read);
      const { data, meta } = await call(org, "webhooks.redeliver", one);
      return { data: { ok: data.ok, known: idsOf(before?.copies ?? null) }, meta };
    },
    settle: async () => redeliverySettlement(before, await read()),
  };
}
