import { AccountStore } from "../accounts/account-store";
import { Faults } from "../faults/faults";
import { GamebookIndex } from "../gamebooks/gamebook-index";
import { SealedTokens } from "../http/sealed-token";
import type { Telling } from "../incidents/row";
import { mix } from "../random/hash";
import { Sequence } from "../random/sequence";
import type { Clock, Instant } from "../time/clock";
import type { OrganisationKey, Stream, Stub } from "./model";
import { makeOrganisation, type Organisation } from "./organisation";
import { globexScenario, type Scenario, type ScenarioName, scenarios } from "./scenarios";

export interface WorldOptions {
  readonly scenario: ScenarioName;
  readonly seed: number;
  readonly clock: Clock;
  /** Rows per page token; the scenario's own when absent. */
  readonly pageSize?: number;
}

/** One provider with everything about it that calls can change. */
export class Realm {
  readonly organisation: Organisation;
  readonly accounts: AccountStore;
  readonly gamebooks: GamebookIndex;

  constructor(key: OrganisationKey, scenario: Scenario, start: Instant, seed: number) {
    this.organisation = makeOrganisation(key, scenario, start, seed);
    this.accounts = new AccountStore(this.organisation, start);
    this.gamebooks = new GamebookIndex(this.organisation.analysts);
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
    const start = clock.now();
    this.realms = [
      new Realm("main", scenarios[scenario], start, seed),
      new Realm("globex", globexScenario, start, seed),
    ];
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
    }
  }

  /** Tells those who subscribe that an incident is new. */
  announce(_arrival: Arrival): void {}

  /** Ends what is under way. */
  stop(): void {}
}
