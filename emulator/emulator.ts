import { DemoReceiver } from "./control/receiver";
import type { FaultInput } from "./faults/fault";
import type { Latency } from "./http/latency";
import { RequestIds } from "./http/reply";
import { Stats } from "./http/stats";
import type { Clock } from "./time/clock";
import type { ScenarioName } from "./world/scenarios";
import type { WebhookSettings } from "./webhooks/settings";
import { World } from "./world/world";

export interface EmulatorOptions {
  readonly scenario: ScenarioName;
  readonly seed: number;
  readonly latency: Latency;
  readonly clock: Clock;
  readonly pageSize?: number;
  readonly webhooks?: WebhookSettings;
}

/** What stays when the world is made anew: statistics, latency, clock. */
export class Emulator {
  readonly latency: Latency;
  readonly stats = new Stats();
  readonly requestIds = new RequestIds();
  readonly receiver = new DemoReceiver();
  readonly #options: EmulatorOptions;
  #world: World;

  constructor(options: EmulatorOptions) {
    this.#options = options;
    this.latency = options.latency;
    this.#world = new World(options);
  }

  get world(): World {
    return this.#world;
  }

  get clock(): Clock {
    return this.#options.clock;
  }

  /**
   * Makes the world anew, from its own or another scenario and seed. The clock goes back to its start (or to the real
   * time), faults are the scenario's, statistics and receiver empty.
   */
  reset(choice: { scenario?: ScenarioName; seed?: number } = {}): void {
    const { scenario, seed } = this.#world;
    this.#world.stop();
    this.clock.reset();
    this.#world = new World({
      ...this.#options,
      scenario: choice.scenario ?? scenario,
      seed: choice.seed ?? seed,
    });
    this.stats.clear();
    this.receiver.clear();
  }

  /** Lets everything happen that is due by now. */
  catchUp(): void {
    this.#world.catchUp();
  }

  setFaults(faults: readonly FaultInput[]): void {
    this.#world.faults.set(faults);
  }

  stop(): void {
    this.#world.stop();
  }
}
