import type { WebhookAuthenticationType } from "@/lib/contract/vocabulary";
import type { Instant } from "../time/clock";

export interface WebhookCredentials {
  readonly authenticationType: WebhookAuthenticationType;
  readonly token: string | null;
  readonly signingToken: string | null;
  readonly username: string | null;
  readonly password: string | null;
}

export type WebhookStatus = "Active" | "Paused" | "Disabled";

export interface Webhook {
  readonly id: string;
  name: string;
  description: string | null;
  url: string;
  eventTypes: readonly string[];
  credentials: WebhookCredentials;
  /** Made at creation and told once. */
  readonly secret: string;
  status: WebhookStatus;
  consecutiveFailures: number;
  disabledAt: Instant | null;
  disabledReason: string | null;
  readonly createdAt: Instant;
  lastModifiedAt: Instant;
  /** Attempts, oldest first. */
  readonly log: Delivery[];
}

/** Something that happened and that receivers are told of. The same event has the same id at every receiver. */
export interface WebhookEvent {
  readonly id: string;
  readonly type: string;
  readonly occurredAt: Instant;
  readonly accountId: string;
  readonly accountName: string;
  readonly subjectId: string;
  readonly subjectName: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly data: Readonly<Record<string, unknown>>;
}

/** One attempt to deliver, which is one row of the log. */
export interface Delivery {
  readonly id: string;
  readonly event: WebhookEvent;
  readonly isTest: boolean;
  /** The attempt that a person asked to have delivered again. */
  readonly originalDeliveryId: string | null;
  readonly attemptNumber: number;
  readonly createdAt: Instant;
  payload: string | null;
  status: "Pending" | "Succeeded" | "Failed";
  httpStatusCode: number | null;
  errorMessage: string | null;
  latencyMs: number | null;
  responseSnippet: string | null;
  completedAt: Instant | null;
  redeliveryRequestedAt: Instant | null;
}

/** The key that signs: a signing token that came with bearer credentials stands in for the generated secret. */
export function signingKeyOf(webhook: Webhook): string {
  const { authenticationType, signingToken } = webhook.credentials;
  return authenticationType === "BearerToken" && signingToken !== null ? signingToken : webhook.secret;
}

export const noCredentials: WebhookCredentials = {
  authenticationType: "None",
  token: null,
  signingToken: null,
  username: null,
  password: null,
};
