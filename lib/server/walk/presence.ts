import "server-only";
import { Failure } from "@/lib/errors";
import type { WalkFilter } from "@/lib/domain/walk";
import { type Clock, isoOf } from "./clock";
import type { Observations } from "../workspaces";
import type { ProbedRow } from "./expectation";
import { observationsOf } from "./observe";
import type { UpstreamPage, WalkUpstream } from "./upstream";

/** Who answered a wide question, and with what. */
export interface Presence {
  readonly sourcePageTokens: UpstreamPage["sourcePageTokens"];
  readonly incidents: readonly ProbedRow[];
}

export interface PresenceRequest {
  /** Organisation and credential: another service account sees other workspaces. */
  readonly key: string;
  /** A probe that did not begin after this (ms) proves nothing to the asker. */
  readonly notBeforeMs: number;
  readonly upstream: WalkUpstream;
  /** Told of what the probe met, once per real probe. */
  readonly record: (observed: Observations) => Promise<void>;
}

interface Probe {
  readonly startedMs: number;
  readonly result: Promise<Presence | null>;
}

/**
 * How far back the probe looks, in days: as far as upstream can bear. A pair without an incident in that time cannot
 * prove that it is there. The reply holds one page of every pair, which is a lot with hundreds of workspaces.
 */
const windowsDays = [30, 7, 1] as const;
/** A reply with more rows than this was too dear; the next probe looks less far back. */
const rowsAtMost = 10_000;
/** Time after which the widest window is tried again. */
const narrowForMs = 60 * 60_000;
/** How long a probe may be shared. */
export const probeSharedForMs = 60_000;
/** After so many failures in a row the probe is given up as unknowable, so that a walk can come to its end. */
const failuresTolerated = 3;

/** What has been learned about probing with one credential. */
interface Experience {
  failures: number;
  /** Index into `windowsDays`. */
  window: number;
  narrowedAtMs: number;
}

/**
 * The presence probe: the first page of the widest question. A workspace that is absent from a narrow reply and present
 * here holds nothing for the narrow filter; one that is absent from both is missing.
 */
export class PresenceProbe {
  readonly #clock: Clock;
  readonly #probes = new Map<string, Probe>();
  readonly #experience = new Map<string, Experience>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Runs to its end whoever waits, since others may share it.
   * @throws Failure while upstream fails; asking again is right. After the third time it answers null instead.
   */
  async ask(request: PresenceRequest): Promise<Presence | null> {
    const held = this.#probes.get(request.key);
    const nowMs = this.#clock();
    const isFresh =
      held && held.startedMs > request.notBeforeMs && nowMs - held.startedMs <= probeSharedForMs;
    if (isFresh) return held.result;
    const probe: Probe = { startedMs: nowMs, result: this.#send(request, nowMs) };
    this.#probes.set(request.key, probe);
    this.#forgetOld(nowMs);
    try {
      return await probe.result;
    } catch (error) {
      if (this.#probes.get(request.key) === probe) this.#probes.delete(request.key);
      throw error;
    }
  }

  async #send(request: PresenceRequest, nowMs: number): Promise<Presence | null> {
    const experience = this.#experienceOf(request.key, nowMs);
    const windowDays = windowsDays[experience.window] ?? 1;
    try {
      const page = await request.upstream.page(wideFilter(nowMs, windowDays), null, undefined);
      experience.failures = 0;
      if (page.incidents.length > rowsAtMost) narrow(experience, nowMs);
      await request.record(observationsOf(page));
      return { incidents: page.incidents.map(probedRow), sourcePageTokens: page.sourcePageTokens };
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (error.code === "UPSTREAM_INVALID") return null;
      // Perhaps the question was too wide: the next one is narrower.
      narrow(experience, nowMs);
      experience.failures += 1;
      if (experience.failures < failuresTolerated) throw error;
      experience.failures = 0;
      return null;
    }
  }

  #experienceOf(key: string, nowMs: number): Experience {
    const held = this.#experience.get(key);
    if (held && nowMs - held.narrowedAtMs < narrowForMs) return held;
    const fresh = { failures: held?.failures ?? 0, window: 0, narrowedAtMs: nowMs };
    this.#experience.set(key, fresh);
    return fresh;
  }

  #forgetOld(nowMs: number): void {
    for (const [key, probe] of this.#probes)
      if (nowMs - probe.startedMs > probeSharedForMs) this.#probes.delete(key);
  }
}

/** Without the rest of the row: the probe is kept for a while. */
function probedRow(row: ProbedRow): ProbedRow {
  const { workspaceId, workspaceName, source, severity, status, creationTime, lastModificationTime } = row;
  return { workspaceId, workspaceName, source, severity, status, creationTime, lastModificationTime };
}

function narrow(experience: Experience, nowMs: number): void {
  experience.window = Math.min(experience.window + 1, windowsDays.length - 1);
  experience.narrowedAtMs = nowMs;
}

function wideFilter(nowMs: number, windowDays: number): WalkFilter {
  return {
    sources: [],
    timeFilterSelection: {
      type: "Custom",
      customStartUtc: isoOf(nowMs - windowDays * 24 * 60 * 60_000),
      customEndUtc: isoOf(nowMs),
    },
  };
}
