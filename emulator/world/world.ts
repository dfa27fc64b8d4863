import { AccountStore } from "../accounts/account-store";
import { Faults } from "../faults/faults";
import { GamebookIndex } from "../gamebooks/gamebook-index";
import { SealedTokens } from "../http/sealed-token";
import type { Telling } from "../incidents/row";
import { MemberStore } from "../people/member-store";
import { mix } from "../random/hash";
import { Sequence } from "../random/sequence";
import { TicketStore } from "../tickets/ticket-store";
import type { Clock, Instant } from "../time/clock";
import type { WebhookSettings } from "../webhooks/settings";
import { WebhookStore } from "../webhooks/webhook-store";
import type { OrganisationKey, Stream, Stub } from "./model";
import { makeOrganisation, type Organisation } from "./organisation";
import { globexScenario, type Scenario, type ScenarioName, scenarios } from "./scenarios";

export interface WorldOptions {
  readonly scenario: ScenarioName;
  readonly seed: number;
  readonly clock: Clock;
  /** Rows per page token; the scenario's own when absent. */
  readonly pageSize?: number;
  readonly webhooks?: WebhookSettings;
}

/** One provider with everything about it that calls can change. */
export class Realm {
  readonly organisation: Organisation;
  readonly accounts: AccountStore;
  readonly gamebooks: GamebookIndex;
  readonly tickets: TicketStore;
  readonly members: MemberStore;
  readonly webhooks: WebhookStore;
  /** Analytic rules that were switched: rule id → enabled. */
  readonly rules = new Map<string, boolean>();

  constructor(key: OrganisationKey, scenario: Scenario, clock: Clock, seed: number) {
    const start = clock.now();
    this.organisation = makeOrganisation(key, scenario, start, seed);
    this.accounts = new AccountStore(this.organisation, start);
    this.gamebooks = new GamebookIndex(this.organisation.analysts);
    this.tickets = new TicketStore(start);
    this.members = new MemberStore(this.organisation, start);
    this.webhooks = new WebhookStore(this.organisation, clock);
  }

  telling(now: Instant): Telling {
    return { now, analysts: this.organisation.analysts, pace: this.organisation.scenario.pace };
  }
}

export interface Arrival {
  readonly realm: Realm;
  readonly stream: Stream;
  readonly stub: Stub;
}

/** The whole of what the emulator stands for, made from scenario and seed. A reset makes a new one. */
export class World {
  readonly scenario: ScenarioName;
  readonly seed: number;
  readonly clock: Clock;
  readonly pageSize: number;
  readonly tokens: SealedTokens;
  readonly dice: Sequence;
  readonly faults: Faults;
  readonly realms: readonly Realm[];

  constructor(options: WorldOptions) {
    const { scenario, seed, clock } = options;
    this.scenario = scenario;
    this.seed = seed;
    this.clock = clock;
    this.pageSize = options.pageSize ?? scenarios[scenario].pageSize;
    this.tokens = new SealedTokens(seed);
    this.dice = new Sequence(mix(seed, 0xd1));
    this.faults = new Faults(this.dice);
    this.realms = [
      new Realm("main", scenarios[scenario], clock, seed),
      new Realm("globex", globexScenario, clock, seed),
    ];
    if (options.webhooks !== undefined) this.changeWebhooks(options.webhooks);
    const [main] = this.realms;
    const ids = main?.organisation.workspaces.map((workspace) => workspace.id) ?? [];
    this.faults.set(scenarios[scenario].faults(ids));
  }

  realm(key: string): Realm | null {
    return this.realms.find((realm) => realm.organisation.key === key) ?? null;
  }

  /** Lets everything that is due happen. Called before each answer, and by a timer for the webhooks' sake. */
  catchUp(): void {
    const now = this.clock.now();
    for (const realm of this.realms) {
      for (const { stream, stub } of realm.organisation.arrivals.catchUp(now))
        this.announce({ realm, stream, stub });
      realm.webhooks.catchUp();
    }
  }

  /** Tells those who subscribe that an incident is new. */
  announce({ realm, stream, stub }: Arrival): void {
    realm.webhooks.announce(stream, stub);
  }

  changeWebhooks(settings: WebhookSettings): void {
    for (const realm of this.realms) realm.webhooks.dispatcher.change(settings);
  }

  /** Ends what is under way. */
  stop(): void {
    for (const realm of this.realms) realm.webhooks.dispatcher.stop();
  }
}
