import type { Clock } from "./clock";
import type { Policy } from "./policy";

/** How a call ended, for the breaker. `dropped`: we gave it up ourselves, so it tells nothing about upstream. */
export type Ending = "answered" | "fault" | "dropped";

export type Passage =
  | { readonly pass: true; readonly done: (ending: Ending) => void }
  | { readonly pass: false; readonly retryInMs: number };

const SLOTS = 30;

interface Outage {
  nextProbeAt: number;
  intervalMs: number;
  probing: boolean;
}

/**
 * Leaves a broken upstream alone and finds it again. Opens at a share of failures over a window or after a run of them;
 * while open it lets one probe through per interval, which grows with each failed probe.
 *
 * Own code rather than cockatiel 3: its breakers open either by share or by run, take no clock (a ten-minute outage could
 * only be tested in ten minutes), and a half-open probe that is aborted stays half-open there until version 4.
 */
export class Breaker {
  readonly #clock: Clock;
  readonly #policy: Policy["breaker"];
  readonly #slotMs: number;
  readonly #slots = Array.from({ length: SLOTS }, () => ({ slot: -1, calls: 0, faults: 0 }));
  #faultsInARow = 0;
  /** Null while closed. */
  #outage: Outage | null = null;

  constructor(clock: Clock, policy: Policy["breaker"]) {
    this.#clock = clock;
    this.#policy = policy;
    this.#slotMs = policy.windowMs / SLOTS;
  }

  get isOpen(): boolean {
    return this.#outage !== null;
  }

  /** May a call be sent now? Whoever passes must say once how it ended. */
  enter(): Passage {
    const outage = this.#outage;
    if (!outage) return { pass: true, done: (ending) => this.#record(ending) };
    const retryInMs = outage.nextProbeAt - this.#clock.now();
    if (outage.probing || retryInMs > 0) return { pass: false, retryInMs: Math.max(retryInMs, 1_000) };
    outage.probing = true;
    return { pass: true, done: (ending) => this.#probed(outage, ending) };
  }

  #probed(outage: Outage, ending: Ending): void {
    outage.probing = false;
    if (ending === "dropped") return;
    if (ending === "answered") return this.#close();
    outage.intervalMs = Math.min(this.#policy.longestProbeMs, outage.intervalMs * 2);
    outage.nextProbeAt = this.#clock.now() + outage.intervalMs;
  }

  #close(): void {
    this.#outage = null;
    this.#faultsInARow = 0;
    for (const slot of this.#slots) slot.slot = -1;
  }

  #record(ending: Ending): void {
    // A call from before the outage comes home late: the probes decide now.
    if (this.#outage || ending === "dropped") return;
    const isFault = ending === "fault";
    this.#faultsInARow = isFault ? this.#faultsInARow + 1 : 0;
    this.#count(isFault);
    if (isFault && this.#isBroken()) {
      const intervalMs = this.#policy.firstProbeMs;
      this.#outage = { nextProbeAt: this.#clock.now() + intervalMs, intervalMs, probing: false };
    }
  }

  #count(isFault: boolean): void {
    const now = Math.floor(this.#clock.now() / this.#slotMs);
    const slot = this.#slots[now % SLOTS];
    if (!slot) return;
    if (slot.slot !== now) Object.assign(slot, { slot: now, calls: 0, faults: 0 });
    slot.calls += 1;
    if (isFault) slot.faults += 1;
  }

  #isBroken(): boolean {
    if (this.#faultsInARow >= this.#policy.failuresInARow) return true;
    const oldest = Math.floor(this.#clock.now() / this.#slotMs) - SLOTS;
    const recent = this.#slots.filter((slot) => slot.slot > oldest);
    const calls = recent.reduce((sum, slot) => sum + slot.calls, 0);
    const faults = recent.reduce((sum, slot) => sum + slot.faults, 0);
    return calls >= this.#policy.minimumCalls && faults >= calls * this.#policy.failureShare;
  }
}
