import { randomUUID } from "node:crypto";
import type { Log } from "@/lib/server/log";
import { Secret } from "@/lib/server/secret";
import { patientPolicy, testUpstream } from "@/lib/server/upstream/testing/test-upstream";
import type { Call } from "@/lib/server/walk/contract-upstream";
import { BackfillLane } from "../backfill";
import { type Desk, openDesk, type Tools } from "../desk";
import { LeaseLost, type LeaseTimes, takeLease, writeUnder } from "../lease";
import { LiveLane } from "../live";
import { dayMs } from "../pace";
import { databaseRegister } from "../register";

interface IncidentKey {
  readonly workspaceId: string;
  readonly source: string;
  readonly id: string;
}

/** What of a running emulator the simulation needs: time, an oracle, and a hand that changes things. */
export interface World {
  readonly baseUrl: string;
  readonly account: { readonly clientId: string; readonly secret: string };
  readonly control: {
    now(): Date;
    clock(move: { readonly advanceMs: number }): void;
    incidents(filter: {
      readonly statuses: ("New" | "Active" | "Closed")[];
      readonly timeFilterSelection: {
        readonly type: "Custom";
        readonly customStartUtc: string;
        readonly customEndUtc: string;
      };
    }): readonly IncidentKey[];
    putIncidents(
      list: { workspaceId: string; source: never; id?: string; status?: "Active" | "Closed" }[],
    ): unknown;
    workspaces(): readonly { readonly id: string; readonly sources: readonly string[] }[];
  };
}

/** A lease that anybody can take at any time: leaders change as often as the test likes. */
const times: LeaseTimes = { beatMs: 1, lapseMs: 0, idleMs: 10_000 };
const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
const never = new AbortController().signal;

/** The process died in the middle of something. */
export class Crash extends Error {}

/** A status of an incident from an instant of the simulation on (ms). */
interface Held {
  readonly status: string;
  readonly sinceMs: number;
}

export const keyText = ({ workspaceId, source, id }: IncidentKey) =>
  `${workspaceId.toLowerCase()} ${source} ${id}`;

/** What the emulator held when: sampled at every instant that there was. */
export class Truth {
  readonly #held = new Map<string, Held[]>();

  constructor(private readonly emulator: World) {}

  get keys(): readonly string[] {
    return [...this.#held.keys()];
  }

  sample(): void {
    const nowMs = this.emulator.control.now().getTime();
    for (const status of ["New", "Active", "Closed"] as const) {
      const window = {
        type: "Custom" as const,
        customStartUtc: new Date(nowMs - 60 * dayMs).toISOString(),
        customEndUtc: new Date(nowMs + dayMs).toISOString(),
      };
      const held = this.emulator.control.incidents({ statuses: [status], timeFilterSelection: window });
      for (const key of held) {
        const past = this.#held.get(keyText(key)) ?? [];
        if (past.at(-1)?.status === status) continue;
        past.push({ status, sinceMs: nowMs });
        this.#held.set(keyText(key), past);
      }
    }
  }

  of(key: string): readonly Held[] {
    return this.#held.get(key) ?? [];
  }

  /** The statuses that it had at any instant of the interval, both ends included. */
  during(key: string, fromMs: number, toMs: number): readonly string[] {
    const past = this.of(key);
    return past
      .filter(
        ({ sinceMs }, at) => sinceMs <= toMs && (past[at + 1]?.sinceMs ?? Number.POSITIVE_INFINITY) > fromMs,
      )
      .map(({ status }) => status);
  }
}

/** Numbers in [0, 1), the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Servers that collect for one organisation from an emulator whose time stands still but for their calls. */
export class Simulation {
  readonly truth: Truth;
  readonly random: () => number;
  /** What had happened when it ended, for a test that must not pass because nothing did. */
  readonly met = { crashes: 0, losses: 0, beats: 0, steps: 0 };
  #live: LiveLane | null = null;
  #backfill: BackfillLane | null = null;
  #callsLeft = Number.POSITIVE_INFINITY;
  #fate: "crash" | "loss" = "crash";
  #credentialId = "line-1";
  readonly #tools: Tools;

  constructor(
    private readonly emulator: World,
    private readonly organisationId: string,
    seed: number,
    everyMs: number,
  ) {
    this.random = seeded(seed);
    this.truth = new Truth(emulator);
    this.truth.sample();
    const upstream = testUpstream({ log: silent, policy: patiently() });
    const call = (async (connection, id, values, options) => {
      await this.#meetFate();
      this.#pass(50 + this.random() * 700);
      try {
        return await upstream(connection, id, values as never, options);
      } finally {
        this.#pass(50 + this.random() * 700);
      }
    }) as Call;
    this.#tools = {
      connectionOf: () => Promise.resolve(this.#connection()),
      call,
      register: databaseRegister,
      clock: () => this.nowMs,
      rest: (ms) => Promise.resolve(this.#pass(ms)),
      everyMs,
      keptMs: () => Promise.resolve(400 * dayMs),
      log: silent,
    };
  }

  get nowMs(): number {
    return this.emulator.control.now().getTime();
  }

  /** Another account: everything begins anew. */
  reconnect(): void {
    this.#credentialId = "line-2";
  }

  /** Time goes by, and the emulator's world with it. */
  #pass(ms: number): void {
    this.emulator.control.clock({ advanceMs: Math.ceil(ms) });
    this.truth.sample();
  }

  /** Lets time go by until this instant (ms). */
  until(ms: number): void {
    if (ms > this.nowMs) this.#pass(ms - this.nowMs);
  }

  /** Somebody changes incidents by hand. */
  change(): void {
    const keys = this.truth.keys;
    const pick = <T>(list: readonly T[]) => list[Math.floor(this.random() * list.length)];
    const key = pick(keys)?.split(" ");
    const workspace = pick(this.emulator.control.workspaces());
    const source = pick(workspace?.sources ?? []);
    if (!key || !workspace || !source) throw new Error("There is nothing to change.");
    const [workspaceId = "", of = "", id = ""] = key;
    const now = this.truth.of(keys[keys.indexOf(key.join(" "))] ?? "").at(-1)?.status;
    const isOn = now === "New" && this.random() < 0.5;
    const status = isOn || (now === "Closed" && this.random() < 0.2) ? "Active" : "Closed";
    this.emulator.control.putIncidents([
      { workspaceId, source: of as never, id, status },
      { workspaceId: workspace.id, source: source as never },
    ]);
    this.truth.sample();
  }

  /** The next beat or window ends after so many calls: the process dies, or another takes the lease. */
  fate(fate: "crash" | "loss", calls: number): void {
    this.#fate = fate;
    this.#callsLeft = calls;
  }

  async #meetFate(): Promise<void> {
    this.#callsLeft -= 1;
    if (this.#callsLeft !== 0) return;
    this.#callsLeft = Number.POSITIVE_INFINITY;
    if (this.#fate === "crash") throw new Crash();
    await takeLease(this.organisationId, randomUUID(), times);
  }

  async #lead(): Promise<void> {
    if (this.#live) return;
    const lease = await takeLease(this.organisationId, randomUUID(), times);
    if (!lease) throw new Error("The lease is to be had at any time.");
    const desk: Desk = openDesk(this.#tools, this.organisationId, writeUnder(lease, times));
    this.#live = new LiveLane(desk);
    this.#backfill = new BackfillLane(desk);
  }

  /** One beat of the live lane. */
  async beat(): Promise<void> {
    await this.#work(() => this.#live?.beat(never));
    this.met.beats += 1;
  }

  /** One window of the back-fill. */
  async step(): Promise<void> {
    await this.#work(() => this.#backfill?.step(never));
    this.met.steps += 1;
  }

  async #work(work: () => Promise<number> | undefined): Promise<void> {
    await this.#lead();
    try {
      await work();
    } catch (error) {
      if (error instanceof Crash) this.met.crashes += 1;
      else if (error instanceof LeaseLost) this.met.losses += 1;
      else throw error;
      this.#live = null;
    }
    this.#callsLeft = Number.POSITIVE_INFINITY;
  }

  #connection() {
    const { clientId, secret } = this.emulator.account;
    return {
      organisationId: this.organisationId,
      baseUrl: this.emulator.baseUrl,
      credentialId: this.#credentialId,
      clientId,
      clientSecret: new Secret(secret),
    };
  }
}

function patiently() {
  const budget = { totalMs: 60_000, headersMs: 30_000, idleBodyMs: 30_000, maxBodyBytes: 32 * 1024 * 1024 };
  return { ...patientPolicy, budgetOf: () => budget };
}
