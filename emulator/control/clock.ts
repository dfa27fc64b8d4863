import type { Emulator } from "../emulator";
import { parseInstant } from "../time/instant";

export interface ClockMove {
  readonly advanceMs?: number;
  readonly setIso?: string;
  readonly frozen?: boolean;
}

/** Incidents that one move may let arrive; more is a slip of the pen and would take minutes. */
const mostArrivals = 500_000;

/**
 * Moves the clock, then lets everything happen that has become due.
 * @throws Error with a sentence
 */
export function moveClock(emulator: Emulator, move: ClockMove): void {
  const { clock, world } = emulator;
  if (move.frozen === true) clock.freeze();
  let target = clock.now() + (move.advanceMs ?? 0);
  if (move.setIso !== undefined) {
    const instant = parseInstant(move.setIso);
    if (instant === null) throw new Error(`"${move.setIso}" is not an ISO 8601 date-time.`);
    target = instant;
  }
  const arriving = world.realms.reduce(
    (sum, { organisation }) =>
      sum + Math.max(0, target - organisation.arrivals.nextAt) / organisation.arrivals.meanMs,
    0,
  );
  if (arriving > mostArrivals)
    throw new Error(
      `That would let about ${Math.round(arriving)} incidents arrive at once; the limit is ${mostArrivals}.`,
    );
  clock.set(target);
  if (move.frozen === false) clock.run();
  emulator.catchUp();
}
