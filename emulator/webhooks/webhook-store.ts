import { guid, hex, mix, sequenceGuid } from "../random/hash";
import type { Clock, Instant } from "../time/clock";
import { dayMs, minuteMs } from "../time/instant";
import type { Stream, Stub } from "../world/model";
import type { Organisation } from "../world/organisation";
import { Dispatcher } from "./dispatcher";
import { incidentCreated, investigationCompleted, investigationMs } from "./events";
import { noCredentials, type Webhook, type WebhookCredentials, type WebhookEvent } from "./webhook";

export interface WebhookDraft {
  readonly name: string;
  readonly description: string | null;
  readonly url: string;
  readonly eventTypes: readonly string[];
  readonly credentials: WebhookCredentials;
}

/** The webhooks of one organisation, and what they are to be told. */
export class WebhookStore {
  readonly dispatcher: Dispatcher;
  readonly #organisation: Organisation;
  readonly #clock: Clock;
  readonly #hash: number;
  readonly #byId = new Map<string, Webhook>();
  #made = 0;
  /** Investigations under way, in no order. */
  #investigations: { at: Instant; stream: Stream; stub: Stub }[] = [];

  constructor(organisation: Organisation, clock: Clock) {
    this.#organisation = organisation;
    this.#clock = clock;
    this.#hash = mix(organisation.hash, 0x3eb);
    this.dispatcher = new Dispatcher(clock, this.#hash);
    this.#seed(clock.now());
  }

  list(): readonly Webhook[] {
    return [...this.#byId.values()];
  }

  find(id: string): Webhook | null {
    return this.#byId.get(id.toLowerCase()) ?? null;
  }

  remove(id: string): boolean {
    const webhook = this.find(id);
    if (webhook === null) return false;
    // What is still to be retried finds it paused, and is dropped.
    webhook.status = "Paused";
    return this.#byId.delete(webhook.id);
  }

  create(draft: WebhookDraft, now: Instant): Webhook {
    this.#made += 1;
    const webhook: Webhook = {
      ...draft,
      id: sequenceGuid(this.#hash, this.#made),
      secret: `whsec_${hex(mix(this.#hash, this.#made), 3, 8)}`,
      status: "Active",
      consecutiveFailures: 0,
      disabledAt: null,
      disabledReason: null,
      createdAt: now,
      lastModifiedAt: now,
      log: [],
    };
    this.#byId.set(webhook.id, webhook);
    return webhook;
  }

  /** A new incident: told at once; the agent that may look at it is told of later. */
  announce(stream: Stream, stub: Stub): void {
    if (this.#byId.size === 0) return;
    const { analysts, scenario } = this.#organisation;
    const now = this.#clock.now();
    if (this.#anybodyListens("incident.created.v1"))
      this.#tell(incidentCreated(stream, stub, { now, analysts, pace: scenario.pace }));
    const takes = investigationMs(stream, stub);
    if (takes !== null && this.#anybodyListens("agent.investigation.completed.v1"))
      this.#investigations.push({ at: stub.at + takes, stream, stub });
  }

  catchUp(): void {
    const now = this.#clock.now();
    const finished = this.#investigations.filter((each) => each.at <= now);
    if (finished.length > 0) this.#investigations = this.#investigations.filter((each) => each.at > now);
    for (const { at, stream, stub } of finished) this.#tell(investigationCompleted(stream, stub, at));
    this.dispatcher.catchUp();
  }

  #anybodyListens(type: string): boolean {
    return this.list().some((webhook) => webhook.status === "Active" && webhook.eventTypes.includes(type));
  }

  #tell(event: WebhookEvent): void {
    for (const webhook of this.#byId.values()) this.dispatcher.offer(webhook, event);
  }

  /** Two that are there from the start and send nothing: one paused by a person, one disabled by its failures. */
  #seed(now: Instant): void {
    const paused = this.create(
      {
        name: "Chat bridge",
        description: "Posts new High incidents to #soc-night",
        url: "https://chat.example.test/hooks/4f1c",
        eventTypes: ["incident.created.v1"],
        credentials: { ...noCredentials, authenticationType: "BearerToken", token: "made-up" },
      },
      now - 90 * dayMs,
    );
    paused.status = "Paused";
    const disabled = this.create(
      {
        name: "ServiceNow (old instance)",
        description: null,
        url: "https://itsm.example.test/api/x_cf/incident?v=2",
        eventTypes: ["incident.created.v1", "agent.investigation.completed.v1"],
        credentials: noCredentials,
      },
      now - 240 * dayMs,
    );
    disabled.status = "Disabled";
    disabled.consecutiveFailures = 10;
    disabled.disabledAt = now - 2 * dayMs;
    disabled.disabledReason = "10 events in a row could not be delivered.";
    this.#seedFailures(disabled, now - 2 * dayMs);
  }

  /** What the disabled one tried in vain: ten incidents, five times each. */
  #seedFailures(webhook: Webhook, until: Instant): void {
    const streams = this.#organisation.workspaces
      .flatMap((workspace) => workspace.streams)
      .filter((stream) => stream.stubs.length > 0);
    const telling = { now: until, analysts: this.#organisation.analysts, pace: 1 };
    for (let i = 0; i < 10; i += 1) {
      const stream = streams[i % streams.length];
      const stub = stream?.stubs[0];
      if (stream === undefined || stub === undefined) continue;
      const event = incidentCreated(stream, stub, telling);
      for (let attempt = 1; attempt <= 5; attempt += 1) {
        const createdAt = until - (10 - i) * 40 * minuteMs + attempt * 6 * minuteMs;
        webhook.log.push({
          id: guid(mix(this.#hash, 1_000 + i * 5 + attempt), 2),
          event,
          isTest: false,
          originalDeliveryId: null,
          attemptNumber: attempt,
          createdAt,
          payload: JSON.stringify({ type: event.type, isTest: false, data: event.data }),
          status: "Failed",
          httpStatusCode: attempt % 2 === 0 ? 503 : null,
          errorMessage: attempt % 2 === 0 ? "The receiver answered 503." : "connect ETIMEDOUT 192.0.2.10:443",
          latencyMs: attempt % 2 === 0 ? 812 : 10_000,
          responseSnippet: attempt % 2 === 0 ? "<html><body>Instance is hibernating</body></html>" : null,
          completedAt: createdAt + 10_000,
          redeliveryRequestedAt: null,
        });
      }
    }
    webhook.log.sort((a, b) => a.createdAt - b.createdAt);
  }
}
