import { setMaxListeners } from "node:events";
import { guid, mix } from "../random/hash";
import type { Clock, Instant } from "../time/clock";
import { eventTime } from "./events";
import { post } from "./post";
import { defaultSettings, type WebhookSettings } from "./settings";
import { profileOf, sign, signedTimestamp } from "./signature";
import { type Delivery, signingKeyOf, type Webhook, type WebhookEvent } from "./webhook";

/** Rows kept per webhook; the oldest go first. */
const mostRows = 5_000;
/** Attempts under way at once; more wait. */
const mostAtOnce = 16;

interface Due {
  readonly at: Instant;
  readonly webhook: Webhook;
  readonly event: WebhookEvent;
  readonly attemptNumber: number;
}

type Attempt = Pick<Delivery, "event" | "isTest" | "originalDeliveryId" | "attemptNumber">;

/** Delivers events over HTTP: one log row per attempt, retries by the emulator's clock, disables what keeps failing. */
export class Dispatcher {
  settings: Required<WebhookSettings> = defaultSettings;
  readonly #clock: Clock;
  readonly #hash: number;
  readonly #stopping = new AbortController();
  #due: Due[] = [];
  #made = 0;
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(clock: Clock, hash: number) {
    this.#clock = clock;
    this.#hash = hash;
    // Each attempt under way listens for the end.
    setMaxListeners(mostAtOnce, this.#stopping.signal);
  }

  change(settings: WebhookSettings): void {
    this.settings = { ...this.settings, ...settings };
  }

  /** Takes up an event for a webhook that is active and subscribes to it; others never hear of it. */
  offer(webhook: Webhook, event: WebhookEvent): void {
    if (webhook.status !== "Active" || !webhook.eventTypes.includes(event.type)) return;
    this.#schedule(webhook, event, 1);
  }

  /** Starts the attempts that are due by now. */
  catchUp(): void {
    const now = this.#clock.now();
    const ready = this.#due.filter((due) => due.at <= now);
    if (ready.length === 0) return;
    this.#due = this.#due.filter((due) => due.at > now);
    for (const due of ready) void this.#attemptEvent(due);
  }

  /** One attempt on a person's behalf; does not count towards disabling and is not retried. */
  deliverOnce(
    webhook: Webhook,
    attempt: Omit<Attempt, "attemptNumber">,
  ): { row: Delivery; done: Promise<void> } {
    const row = this.#open(webhook, { ...attempt, attemptNumber: 1 });
    return { row, done: this.#send(webhook, row) };
  }

  /** Ends attempts under way and forgets those to come. */
  stop(): void {
    this.#due = [];
    this.#stopping.abort();
  }

  #schedule(webhook: Webhook, event: WebhookEvent, attemptNumber: number): void {
    const wait = this.settings.retryMs[attemptNumber - 1];
    if (wait !== undefined) this.#due.push({ at: this.#clock.now() + wait, webhook, event, attemptNumber });
  }

  async #attemptEvent({ webhook, event, attemptNumber }: Due): Promise<void> {
    // Paused or disabled in the meantime: dropped.
    if (webhook.status !== "Active") return;
    const row = this.#open(webhook, { event, isTest: false, originalDeliveryId: null, attemptNumber });
    await this.#send(webhook, row);
    if (this.#stopping.signal.aborted) return;
    if (row.status === "Succeeded") webhook.consecutiveFailures = 0;
    else if (attemptNumber < this.settings.retryMs.length) this.#schedule(webhook, event, attemptNumber + 1);
    else this.#countFailure(webhook);
  }

  #countFailure(webhook: Webhook): void {
    webhook.consecutiveFailures += 1;
    if (webhook.consecutiveFailures < this.settings.disableAfter || webhook.status !== "Active") return;
    webhook.status = "Disabled";
    webhook.disabledAt = this.#clock.now();
    webhook.disabledReason = `${webhook.consecutiveFailures} events in a row could not be delivered.`;
  }

  #open(webhook: Webhook, attempt: Attempt): Delivery {
    this.#made += 1;
    const row: Delivery = {
      ...attempt,
      id: guid(mix(this.#hash, this.#made), 1),
      createdAt: this.#clock.now(),
      payload: null,
      status: "Pending",
      httpStatusCode: null,
      errorMessage: null,
      latencyMs: null,
      responseSnippet: null,
      completedAt: null,
      redeliveryRequestedAt: null,
    };
    webhook.log.push(row);
    if (webhook.log.length > mostRows) webhook.log.shift();
    return row;
  }

  async #send(webhook: Webhook, row: Delivery): Promise<void> {
    await this.#turn();
    const body = Buffer.from(JSON.stringify(this.#envelope(row)));
    row.payload = body.toString("utf8");
    const began = performance.now();
    const { signal } = this.#stopping;
    const result = await post(
      new URL(webhook.url),
      this.#headers(webhook, row, body),
      body,
      this.settings.timeoutMs,
      signal,
    );
    this.#running -= 1;
    this.#waiting.shift()?.();
    row.latencyMs = Math.round(performance.now() - began);
    row.httpStatusCode = result.status;
    row.errorMessage = result.error;
    row.responseSnippet = result.snippet;
    row.completedAt = this.#clock.now();
    row.status = result.error === null ? "Succeeded" : "Failed";
  }

  async #turn(): Promise<void> {
    while (this.#running >= mostAtOnce) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#running += 1;
  }

  #envelope(row: Delivery): Record<string, unknown> {
    const { event, isTest } = row;
    return {
      type: event.type,
      timestamp: eventTime(this.#clock.now()),
      isTest,
      occurredAt: eventTime(event.occurredAt),
      data: event.data,
    };
  }

  /** Timestamp and signature are made anew per attempt, from the real time: a receiver compares it with its own. */
  #headers(webhook: Webhook, row: Delivery, body: Buffer): Record<string, string> {
    const { profiles, timestampSkewMs, spoilSignatures } = this.settings;
    const profile = profiles[row.event.type] ?? profileOf[row.event.type] ?? "A";
    const timestamp = signedTimestamp(profile, new Date(Date.now() + timestampSkewMs));
    const key = spoilSignatures ? `${signingKeyOf(webhook)}?` : signingKeyOf(webhook);
    return {
      "Content-Type": "application/json",
      "X-CF-Schema": row.event.type,
      "X-CF-Event-Id": row.event.id,
      "X-CF-Timestamp": timestamp,
      "X-CF-Signature": sign(profile, key, timestamp, body),
      ...(row.isTest ? { "X-CF-Test": "true" } : {}),
      ...authorization(webhook),
    };
  }
}

function authorization({ credentials }: Webhook): Record<string, string> {
  const { authenticationType, token, username, password } = credentials;
  if (authenticationType === "BearerToken") return { Authorization: `Bearer ${token ?? ""}` };
  if (authenticationType !== "BasicAuth") return {};
  return { Authorization: `Basic ${Buffer.from(`${username ?? ""}:${password ?? ""}`).toString("base64")}` };
}
