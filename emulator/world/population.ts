import { chance, exponential, mix, unit } from "../random/hash";
import { hourMs, minuteMs } from "../time/instant";
import type { Instant } from "../time/clock";
import type { Stream, Stub, Workspace } from "./model";
import type { Scenario, Stretch } from "./scenarios";

/** Chooses streams by weight in O(log n). */
export class StreamChooser {
  readonly #streams: readonly Stream[];
  readonly #sums: Float64Array;

  constructor(workspaces: readonly Workspace[]) {
    this.#streams = workspaces.flatMap((workspace) => workspace.streams);
    this.#sums = new Float64Array(this.#streams.length);
    let sum = 0;
    for (const [i, stream] of this.#streams.entries()) {
      sum += stream.weight;
      this.#sums[i] = sum;
    }
  }

  choose(hash: number, salt: number): Stream {
    const target = unit(hash, salt) * (this.#sums[this.#sums.length - 1] ?? 0);
    let low = 0;
    let high = this.#sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sums[middle] ?? 0) > target) high = middle;
      else low = middle + 1;
    }
    const stream = this.#streams[low];
    if (stream === undefined) throw new RangeError("an organisation without workspaces");
    return stream;
  }
}

/** How busy a customer's hour is, 0 to 1: office hours are full, nights and early mornings are not. */
export function busyness(at: Instant, utcOffsetHours: number): number {
  const hour = (((at / hourMs + utcOffsetHours) % 24) + 24) % 24;
  if (hour >= 8 && hour < 18) return 1;
  return hour >= 6 && hour < 22 ? 0.55 : 0.25;
}

/** A moment of the stretch, likelier in the customer's busy hours. */
function momentIn(stretch: Stretch, start: Instant, stream: Stream, hash: number): Instant {
  const length = stretch.fromMs - stretch.toMs;
  let at = start - stretch.toMs;
  for (let attempt = 0; attempt < 4; attempt += 1) {
    at = start - stretch.toMs - Math.floor(unit(hash, 20 + attempt) * length);
    if (chance(hash, 30 + attempt, busyness(at, stream.workspace.utcOffsetHours))) break;
  }
  return at;
}

interface Burst {
  readonly stream: Stream;
  readonly at: Instant;
  readonly hash: number;
}

function burstsIn(
  stretch: Stretch,
  start: Instant,
  chooser: StreamChooser,
  hash: number,
  share: number,
): Burst[] {
  // A burst holds some fourteen incidents.
  const count = Math.ceil((stretch.incidents * share) / 14);
  const bursts: Burst[] = [];
  for (let i = 0; i < count; i += 1) {
    const burstHash = mix(mix(hash, 0xb5), i) || 1;
    const stream = chooser.choose(burstHash, 1);
    bursts.push({ stream, at: momentIn(stretch, start, stream, burstHash), hash: burstHash });
  }
  return bursts;
}

function clampInto(at: Instant, stretch: Stretch, start: Instant): Instant {
  return Math.round(Math.min(Math.max(at, start - stretch.fromMs), start - stretch.toMs));
}

/**
 * Fills the streams with the incidents that are there at the start, oldest first, exactly as many as the scenario says.
 * Deterministic in seed; times are relative to `start`.
 */
export function populate(
  workspaces: readonly Workspace[],
  scenario: Scenario,
  start: Instant,
  seed: number,
): void {
  const chooser = new StreamChooser(workspaces);
  const waiting = new Map<Stream, { at: Instant; burst: number }[]>();
  for (const [part, stretch] of scenario.past.entries()) {
    const partHash = mix(mix(seed, 0xf0), part);
    const bursts = burstsIn(stretch, start, chooser, partHash, scenario.burstShare);
    for (let i = 0; i < stretch.incidents; i += 1) {
      const hash = mix(partHash, i);
      const inBurst = chance(hash, 1, scenario.burstShare);
      const burst = inBurst ? bursts[Math.floor(unit(hash, 2) * bursts.length)] : undefined;
      const stream = burst?.stream ?? chooser.choose(hash, 3);
      const at =
        burst === undefined
          ? momentIn(stretch, start, stream, hash)
          : burst.at + exponential(hash, 4, 5 * minuteMs);
      const list = waiting.get(stream) ?? [];
      list.push({ at: clampInto(at, stretch, start), burst: burst?.hash ?? 0 });
      waiting.set(stream, list);
    }
  }
  for (const [stream, list] of waiting) {
    list.sort((a, b) => a.at - b.at);
    for (const { at, burst } of list) append(stream, at, burst);
  }
}

/** Adds an incident as the newest of its stream. */
export function append(stream: Stream, at: Instant, burst: number): Stub {
  const stub: Stub = { at, seq: stream.nextSeq, burst };
  stream.nextSeq += 1;
  stream.stubs.push(stub);
  return stub;
}

/** Adds an incident at its place in time; its number is the next one all the same. */
export function insert(stream: Stream, at: Instant): Stub {
  const stub: Stub = { at, seq: stream.nextSeq, burst: 0 };
  stream.nextSeq += 1;
  let place = stream.stubs.length;
  while (place > 0 && (stream.stubs[place - 1]?.at ?? 0) > at) place -= 1;
  stream.stubs.splice(place, 0, stub);
  return stub;
}
