import { looksSecret } from "../secret-names";
import { object } from "../object-reader";
import {
  flag,
  id,
  instant,
  isPlain,
  known,
  list,
  number,
  raw,
  type Reader,
  rows,
  text,
  reshaped,
  word,
} from "../readers";
import { deliveryStatuses, webhookAuthenticationTypes, webhookStatuses } from "../vocabulary";

const configurationMembers = object(
  {
    id,
    accountId: text,
    name: text,
    description: text,
    url: text,
    eventTypes: list(word),
    authenticationType: known(webhookAuthenticationTypes),
    hasSigningToken: flag,
    status: known(webhookStatuses),
    consecutiveFailures: number,
    disabledAt: instant,
    disabledReason: text,
    createdAt: instant,
    lastModifiedAt: instant,
  },
  {
    aliases: {
      url: ["destinationUrl", "endpointUrl", "endpoint"],
      eventTypes: ["events", "schemas"],
      status: ["state"],
      lastModifiedAt: ["updatedAt", "modifiedAt"],
      consecutiveFailures: ["failureCount"],
    },
  },
);

/** Names under which a secret may come back; never part of the configuration's own form or of its `raw`. */
const secretKeys = ["secret", "signingSecret", "signingKey", "signingToken"] as const;
const deepest = 8;

/** The same value without members whose name sounds like a secret (flags such as `hasSigningToken` stay), at any depth; what is nested deeper than a configuration would be goes as a whole. */
function withoutSecrets(value: unknown, depth = 0): unknown {
  if (depth > deepest) return null;
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, depth + 1));
  if (!isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, member]) => typeof member === "boolean" || member === null || !looksSecret(name))
      .map(([name, member]) => [name, withoutSecrets(member, depth + 1)]),
  );
}

/** A server that says `isActive`/`isPaused` in place of a status (a guess) is translated. */
function statusFrom(value: Record<string, unknown>): unknown {
  if (value.status !== undefined || value.state !== undefined) return value.status ?? value.state;
  if (value.isPaused === true) return "Paused";
  if (value.isActive === true) return "Active";
  return value.isActive === false ? "Disabled" : null;
}

/** A webhook configuration. Its form is a guess as a whole; `raw` is what came, without secrets. */
export const webhook: Reader<Webhook> = (value, reading) => {
  if (!isPlain(value)) return { ...configurationMembers(value, reading), raw: null };
  // An object stays one.
  const shown = withoutSecrets(value) as Record<string, unknown>;
  const { isActive: _active, isPaused: _paused, ...rest } = shown;
  return {
    ...configurationMembers({ ...rest, status: statusFrom(value) }, reading),
    raw: raw(shown, reading),
  };
};
export type Webhook = ReturnType<typeof configurationMembers> & { readonly raw: unknown };

/** The reply to a creation: the signing secret is shown this once. Its name is a guess, so several are tried. */
export const createdWebhook: Reader<Webhook & { readonly secret: string | null }> = (value, reading) => {
  const found = isPlain(value)
    ? secretKeys.map((key) => value[key]).find((each) => typeof each === "string")
    : null;
  return { ...webhook(value, reading), secret: text(found, reading) };
};
export type CreatedWebhook = ReturnType<typeof createdWebhook>;

/** What `webhooks.credentials` answers; no secret comes back. */
export const webhookCredentials = object({
  id,
  authenticationType: known(webhookAuthenticationTypes),
  hasSigningToken: flag,
});
export type WebhookCredentials = ReturnType<typeof webhookCredentials>;

/** Text that goes back to upstream exactly as it came. */
const verbatim: Reader<string | null> = (value) => (typeof value === "string" ? value : null);

/** One delivery attempt. `eventPayload` is JSON text of what was sent and may hold any workspace's incident. */
export const deliveryLog = object({
  id,
  eventId: text,
  eventType: text,
  status: known(deliveryStatuses),
  httpStatusCode: number,
  errorMessage: text,
  eventSourceAccountId: text,
  eventSourceAccountName: text,
  eventSubjectId: text,
  eventSubjectDisplayName: text,
  eventSubjectAttributes: raw,
  webhookConfigurationId: text,
  isTest: flag,
  originalDeliveryId: text,
  attemptNumber: number,
  latencyMs: number,
  responseSnippet: text,
  eventPayload: text,
  eventOccurredAt: instant,
  completedAt: instant,
  redeliveryRequestedAt: instant,
  /** Not normalised: it is the storage partition key and must travel back character by character. */
  createdAt: verbatim,
});
export type DeliveryLog = ReturnType<typeof deliveryLog>;

/** A page of delivery logs. `hasMore` is false too when the token that the next page would need is missing. */
export const deliveryLogPage = reshaped(
  object({ items: rows(deliveryLog), continuationToken: text, hasMore: flag }),
  (page) => {
    const continuationToken = page.continuationToken === "" ? null : page.continuationToken;
    return { ...page, continuationToken, hasMore: continuationToken !== null && page.hasMore !== false };
  },
);
export type DeliveryLogPage = ReturnType<typeof deliveryLogPage>;
