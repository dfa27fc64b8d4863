import { type Call, created, type HandlersOf, noContent, ok } from "../api/handler";
import { invalid, notFound } from "../http/problem";
import { testEvent } from "../webhooks/test-event";
import {
  noCredentials,
  type Webhook,
  type WebhookCredentials,
  type WebhookStatus,
} from "../webhooks/webhook";
import { deliveryOut, webhookOut } from "../webhooks/webhook-out";
import { pageOfLog, requireRow } from "./webhook-logs";

type WebhookCall = Pick<Call<"webhooks.get">, "realm" | "now" | "alternate" | "params">;

function requireWebhook(call: WebhookCall): Webhook {
  const webhook = call.realm.webhooks.find(call.params.id);
  if (webhook === null) throw notFound("Webhook", call.params.id);
  return webhook;
}

const out = (call: Pick<WebhookCall, "realm" | "alternate">, webhook: Webhook) =>
  webhookOut(webhook, call.realm.organisation, call.alternate);

type CredentialsInput = { [K in keyof WebhookCredentials]?: WebhookCredentials[K] | null | undefined };

/** Companions of the type that are missing are refused, those that do not belong to it are forgotten (guesses). */
function credentialsOf(input: CredentialsInput): WebhookCredentials {
  const authenticationType = input.authenticationType ?? "None";
  const missing: Record<string, string[]> = {};
  const need = (name: "token" | "username" | "password") => {
    if (!input[name]) missing[name] = [`Required with ${authenticationType}.`];
  };
  if (authenticationType === "BearerToken") need("token");
  if (authenticationType === "BasicAuth") {
    need("username");
    need("password");
  }
  if (Object.keys(missing).length > 0) throw invalid(missing);
  const isBearer = authenticationType === "BearerToken";
  const isBasic = authenticationType === "BasicAuth";
  return {
    authenticationType,
    token: isBearer ? (input.token ?? null) : null,
    signingToken: input.signingToken || null,
    username: isBasic ? (input.username ?? null) : null,
    password: isBasic ? (input.password ?? null) : null,
  };
}

function create(call: Call<"webhooks.create">): Record<string, unknown> {
  const { name, description, url, eventTypes } = call.body;
  const credentials = call.body.authenticationType === undefined ? noCredentials : credentialsOf(call.body);
  const webhook = call.realm.webhooks.create(
    { name, description: description ?? null, url, eventTypes, credentials },
    call.now,
  );
  return { ...out(call, webhook), [call.alternate ? "signingSecret" : "secret"]: webhook.secret };
}

/** A null or absent member leaves things as they are (a guess). */
function update(call: Call<"webhooks.update">): Record<string, unknown> {
  const webhook = requireWebhook(call);
  webhook.name = call.body.name ?? webhook.name;
  webhook.description = call.body.description ?? webhook.description;
  webhook.url = call.body.url ?? webhook.url;
  webhook.eventTypes = call.body.eventTypes ?? webhook.eventTypes;
  webhook.lastModifiedAt = call.now;
  return out(call, webhook);
}

/** A verb in a state that it does not fit changes nothing and is no error (a guess). */
function move(call: WebhookCall, from: WebhookStatus, to: WebhookStatus): Record<string, unknown> {
  const webhook = requireWebhook(call);
  if (webhook.status !== from) return out(call, webhook);
  webhook.status = to;
  webhook.lastModifiedAt = call.now;
  if (from === "Disabled") {
    webhook.consecutiveFailures = 0;
    webhook.disabledAt = null;
    webhook.disabledReason = null;
  }
  return out(call, webhook);
}

function setCredentials(call: Call<"webhooks.credentials">): Record<string, unknown> {
  const webhook = requireWebhook(call);
  webhook.credentials = credentialsOf(call.body);
  webhook.lastModifiedAt = call.now;
  const { authenticationType, signingToken } = webhook.credentials;
  return { id: webhook.id, authenticationType, hasSigningToken: signingToken !== null };
}

/** Works in every state, and answers when the receiver has (a guess). */
async function test(call: Call<"webhooks.test">): Promise<Record<string, unknown>> {
  const webhook = requireWebhook(call);
  const event = testEvent(webhook, call.realm.organisation, call.now);
  const { row, done } = call.realm.webhooks.dispatcher.deliverOnce(webhook, {
    event,
    isTest: true,
    originalDeliveryId: null,
  });
  await done;
  return deliveryOut(row, webhook);
}

/** Answers with the new row at once, while it is pending. */
function redeliver(call: Call<"webhooks.redeliver">): Record<string, unknown> {
  const webhook = requireWebhook(call);
  const original = requireRow(webhook, call.params.logId, call.query.createdAt);
  original.redeliveryRequestedAt = call.now;
  const { row } = call.realm.webhooks.dispatcher.deliverOnce(webhook, {
    event: original.event,
    isTest: original.isTest,
    originalDeliveryId: original.id,
  });
  return deliveryOut(row, webhook);
}

export const webhookHandlers: HandlersOf<"webhooks"> = {
  "webhooks.list": (call) => ok(call.realm.webhooks.list().map((webhook) => out(call, webhook))),
  "webhooks.get": (call) => ok(out(call, requireWebhook(call))),
  "webhooks.deliveryLogs": (call) => ok(pageOfLog(call, requireWebhook(call))),
  "webhooks.deliveryLog": (call) => {
    const webhook = requireWebhook(call);
    return ok(deliveryOut(requireRow(webhook, call.params.logId, call.query.createdAt), webhook));
  },
  "webhooks.create": (call) => created(create(call)),
  "webhooks.update": (call) => ok(update(call)),
  "webhooks.delete": (call) => {
    if (!call.realm.webhooks.remove(call.params.id)) throw notFound("Webhook", call.params.id);
    return call.alternate ? ok(true) : noContent();
  },
  "webhooks.pause": (call) => ok(move(call, "Active", "Paused")),
  "webhooks.resume": (call) => ok(move(call, "Paused", "Active")),
  "webhooks.enable": (call) => ok(move(call, "Disabled", "Active")),
  "webhooks.credentials": (call) => ok(setCredentials(call)),
  "webhooks.test": async (call) => ok(await test(call)),
  "webhooks.redeliver": (call) => ok(redeliver(call)),
};
