import { dateTime, envelope, integer, type Sample, text, uuid } from "./fillers";

export const deliveryLog = {
  id: uuid,
  eventId: uuid,
  eventType: text,
  status: "Pending",
  httpStatusCode: integer,
  errorMessage: text,
  eventSourceAccountId: uuid,
  eventSourceAccountName: text,
  eventSubjectId: text,
  eventSubjectDisplayName: text,
  eventSubjectAttributes: {},
  webhookConfigurationId: uuid,
  isTest: true,
  originalDeliveryId: uuid,
  attemptNumber: integer,
  latencyMs: integer,
  responseSnippet: text,
  eventPayload: text,
  eventOccurredAt: dateTime,
  completedAt: dateTime,
  redeliveryRequestedAt: dateTime,
  createdAt: dateTime,
};

export const webhookSamples: readonly Sample[] = [
  {
    name: "a page of delivery logs, paged inside data",
    id: "webhooks.deliveryLogs",
    params: { id: uuid },
    search: `?from=${dateTime}&to=${dateTime}&pageSize=${integer - 100}&continuationToken=t`,
    reply: envelope({ items: [deliveryLog], continuationToken: text, hasMore: true }),
  },
  {
    name: "one delivery log, its partition key with seven digits and an offset",
    id: "webhooks.deliveryLog",
    params: { id: uuid, logId: uuid },
    search: "?createdAt=2026-04-15T20:00:00.1234567%2B00:00",
    reply: envelope({ ...deliveryLog, createdAt: "2026-04-15T20:00:00.1234567+00:00" }),
  },
  {
    name: "replace a webhook's credentials",
    id: "webhooks.credentials",
    params: { id: uuid },
    body: {
      authenticationType: "None",
      token: text,
      signingToken: text,
      username: text,
      password: text,
    },
    reply: envelope({ id: uuid, authenticationType: "None", hasSigningToken: true }),
  },
];

/** The signing secret of the vectors below. Ours: it opens nothing. */
export const vectorSecret = "test-secret-do-not-use-0123456789abcdef";

/** Delivered body V1: 626 bytes, one line, no newline at the end. */
export const incidentCreatedBody =
  '{"type":"incident.created.v1","timestamp":"2026-04-22T15:00:00Z","isTest":false,"occurredAt":"2026-04-22T14:55:00Z","data":{"accountId":"11111111-2222-4333-8444-555555555555","accountName":"Example MSP SOC","incidentId":"INC-12345","incidentNumber":1234,"title":"Suspicious sign-in activity","description":null,"severity":"High","source":"sentinel","sourceDisplayName":"Microsoft Sentinel","owner":null,"createdAt":"2026-04-22T14:55:00Z","lastActivityAt":"2026-04-22T14:55:00Z","occurredAt":"2026-04-22T14:55:00Z","alertProductNames":["Microsoft Sentinel"],"alerts":[],"entities":[{"type":"IP","displayName":"203.0.113.42"}]}}';

export interface SignatureVector {
  readonly name: string;
  /** Value of `X-CF-Timestamp`. */
  readonly timestamp: string;
  readonly body: string;
  /** Value of `X-CF-Signature`: profile A is `sha256=` and lower-case hex, profile B is Base64. */
  readonly signature: string;
}

/** HMAC-SHA256 over timestamp, a full stop and the raw body, in both documented forms. */
export const signatureVectors: readonly SignatureVector[] = [
  {
    name: "V1-A",
    timestamp: "1776870000",
    body: incidentCreatedBody,
    signature: "sha256=e624196b927141311538b637a4bcb5249ea8d7add5979166bedabebc8d5a58c0",
  },
  {
    name: "V1-B",
    timestamp: "2026-04-22T15:00:00.0000000+00:00",
    body: incidentCreatedBody,
    signature: "/NHBz9tduh460a1m2aqCo5I12k5WjymwZD3cTxHYllw=",
  },
  {
    name: "V2-A",
    timestamp: "1776870000",
    body: "{}",
    signature: "sha256=6a3315148330cd2ae8e4580d456320bbe0089e0c326ebaedf0830771be87fd72",
  },
  {
    name: "V3-A, one added space",
    timestamp: "1776870000",
    body: "{ }",
    signature: "sha256=4a2c8fce45e2403abdca8c1a9ab90fbdbdb9373e10145a0d73de052327944607",
  },
  {
    name: "V4-A, UTF-8",
    timestamp: "1776870000",
    body: '{"title":"Überprüfung – 異常"}',
    signature: "sha256=651494d1a8fc2eb59df1f53a393f2098f26d929510cff5cbf7f4c80c8323beea",
  },
  {
    name: "V5-A, the same JSON escaped to ASCII",
    timestamp: "1776870000",
    body: '{"title":"\\u00dcberpr\\u00fcfung \\u2013 \\u7570\\u5e38"}',
    signature: "sha256=84df084e97544eee75234ebc54427fcf62ed112933154bd465f769c8b9800a29",
  },
  {
    name: "V6-A, empty body",
    timestamp: "1776870000",
    body: "",
    signature: "sha256=57023d2994c1942529756883080d0c1c5a887885e5b6fe6a5d8dafb5c743fab2",
  },
];
