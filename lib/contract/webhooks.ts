import { z } from "zod";
import { dateTime, guid, none, opaque, sentence, short } from "./inputs";
import { defineOperation } from "./operation";
import { optional, reply, rows } from "./readers";
import { outcome } from "./shapes/outcome";
import { createdWebhook, deliveryLog, deliveryLogPage, webhook, webhookCredentials } from "./shapes/webhook";
import { webhookAuthenticationTypes } from "./vocabulary";

const webhookRead = {
  method: "GET",
  scope: "webhooks:read",
  kind: "query",
  repeat: "read",
  tenancy: "organization",
  permission: "webhooks:read",
  audited: false,
  query: none,
  body: null,
} as const;

/**
 * None is ever repeated on its own. Some would do the same twice (a pause), yet the second could undo what somebody else did in between.
 */
const webhookChange = {
  scope: "webhooks:manage",
  kind: "mutation",
  tenancy: "organization",
  repeat: "once",
  permission: "webhooks:manage",
  audited: false,
  query: none,
} as const;

const byId = z.strictObject({ id: guid });
const oneLog = z.strictObject({ id: guid, logId: guid });

/** The storage partition key, exactly as the log list gave it: checked for form, never reformatted. */
const partitionKey = z.strictObject({
  createdAt: z
    .string()
    .max(64)
    .regex(/^\d{4}-\d{2}-\d{2}[Tt ][\d:.]+(?:[Zz]|[+-]\d{2}:?\d{2})?$/, "must be a date-time"),
});

const name = short(200).min(1);
const description = sentence(1000).nullable();
/** The vendor's guide asks for HTTPS. Which targets we let through is decided beside the connection (lib/server/proxy/webhook-target). */
const url = z.url({ protocol: /^https?$/ }).max(2_048);
const eventTypes = z.array(short(200).min(1)).max(50);

const authentication = {
  token: short(4_096).nullable().optional(),
  signingToken: short(4_096).nullable().optional(),
  username: short(256).nullable().optional(),
  password: short(1_024).nullable().optional(),
};
const authenticationType = z.enum(webhookAuthenticationTypes);

export const webhooks = {
  "webhooks.list": defineOperation({
    ...webhookRead,
    path: "/webhooks",
    certainty: "guess",
    params: none,
    reply: reply(rows(webhook)),
    summary: "All webhook configurations.",
  }),
  "webhooks.get": defineOperation({
    ...webhookRead,
    path: "/webhooks/{id}",
    certainty: "guess",
    params: byId,
    reply: reply(webhook),
    summary: "One webhook configuration.",
  }),
  "webhooks.deliveryLogs": defineOperation({
    ...webhookRead,
    path: "/webhooks/{id}/delivery-logs",
    certainty: "documented",
    params: byId,
    query: z.strictObject({
      from: dateTime.optional(),
      to: dateTime.optional(),
      // Marked required by the vendor's OpenAPI, though the index only lists it.
      pageSize: z.int().min(1).max(100),
      continuationToken: opaque.optional(),
    }),
    reply: reply(deliveryLogPage),
    summary: "Delivery attempts of a webhook, page by page.",
  }),
  "webhooks.deliveryLog": defineOperation({
    ...webhookRead,
    path: "/webhooks/{id}/delivery-logs/{logId}",
    certainty: "documented",
    params: oneLog,
    query: partitionKey,
    reply: reply(deliveryLog),
    summary: "One delivery attempt.",
  }),
  "webhooks.create": defineOperation({
    ...webhookChange,
    method: "POST",
    path: "/webhooks",
    certainty: "guess",
    params: none,
    body: z.strictObject({
      name,
      description: description.optional(),
      url,
      eventTypes: eventTypes.min(1),
      authenticationType: authenticationType.optional(),
      ...authentication,
    }),
    reply: reply(optional(createdWebhook)),
    summary: "Creates a webhook. Its signing secret is in this reply and nowhere else.",
  }),
  "webhooks.update": defineOperation({
    ...webhookChange,
    method: "PUT",
    path: "/webhooks/{id}",
    certainty: "guess",
    params: byId,
    body: z.strictObject({
      name: name.nullable().optional(),
      description: description.optional(),
      url: url.nullable().optional(),
      eventTypes: eventTypes.nullable().optional(),
    }),
    reply: reply(optional(webhook)),
    summary: "Changes a webhook's name, address or events; its credentials have a call of their own.",
  }),
  "webhooks.delete": defineOperation({
    ...webhookChange,
    method: "DELETE",
    path: "/webhooks/{id}",
    certainty: "guess",
    params: byId,
    body: null,
    reply: reply(outcome),
    summary: "Deletes a webhook.",
  }),
  "webhooks.pause": defineOperation({
    ...webhookChange,
    method: "POST",
    path: "/webhooks/{id}/pause",
    certainty: "guess",
    params: byId,
    body: null,
    reply: reply(optional(webhook)),
    summary: "Pauses delivery.",
  }),
  "webhooks.resume": defineOperation({
    ...webhookChange,
    method: "POST",
    path: "/webhooks/{id}/resume",
    certainty: "guess",
    params: byId,
    body: null,
    reply: reply(optional(webhook)),
    summary: "Resumes a paused webhook.",
  }),
  "webhooks.enable": defineOperation({
    ...webhookChange,
    method: "POST",
    path: "/webhooks/{id}/enable",
    certainty: "guess",
    params: byId,
    body: null,
    reply: reply(optional(webhook)),
    summary: "Enables a webhook again that upstream disabled after repeated failures.",
  }),
  "webhooks.credentials": defineOperation({
    ...webhookChange,
    method: "POST",
    path: "/webhooks/{id}/credentials",
    certainty: "documented",
    params: byId,
    body: z.strictObject({ authenticationType, ...authentication }),
    reply: reply(optional(webhookCredentials)),
    summary: "Replaces how upstream authenticates to the receiver.",
  }),
  "webhooks.test": defineOperation({
    ...webhookChange,
    method: "POST",
    path: "/webhooks/{id}/test",
    certainty: "guess",
    params: byId,
    body: null,
    reply: reply(outcome),
    summary: "Sends a test event to the receiver.",
  }),
  "webhooks.redeliver": defineOperation({
    ...webhookChange,
    method: "POST",
    path: "/webhooks/{id}/delivery-logs/{logId}/redeliver",
    certainty: "guess",
    params: oneLog,
    query: partitionKey,
    body: null,
    reply: reply(outcome),
    summary: "Delivers a failed event again.",
  }),
};
