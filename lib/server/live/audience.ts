import "server-only";
import { decideAccess, isWithin, type Standing } from "@/lib/domain/access";
import type { LiveEvent } from "@/lib/domain/live";
import type { Keys } from "@/lib/server/vault/any-key";
import { type FrameName, frameOf } from "./frames";
import { type PositionOwner, positionSealer } from "./position";

/** What somebody needs to be told of an event; the same as for reading what it is about. */
export const permission = "incidents:read";

/** What became of somebody's rights since they were read. `changed`: they see other workspaces than before. */
export type RightsNow = "same" | "changed" | "gone";

export interface AudienceOptions {
  readonly standing: Standing;
  readonly owner: PositionOwner;
  readonly keys: Keys;
  /** What they may do now, as the database has it; null when they are nobody any more. */
  readonly standingNow: () => Promise<Standing | null>;
  /** When `standing` was true, at the latest. */
  readonly readAtMs: number;
  readonly now: () => number;
}

/** Frames of the newest events that are kept, for streams that get them a moment later. */
const mostKept = 200;

/** The streams of one session, or one display, in one organisation: they see the same, so it is made and looked up once for all of them. */
export class Audience {
  readonly #frames = new Map<number, Uint8Array | null>();
  readonly #seal: (id: number, nowMs: number) => string;
  #readAtMs: number;
  #check: Promise<RightsNow> | null = null;

  constructor(private readonly options: AudienceOptions) {
    this.#seal = positionSealer(options.keys, options.owner);
    this.#readAtMs = options.readAtMs;
  }

  get organisationId(): string {
    return this.options.owner.organisationId;
  }

  /** The event for this audience; null when it is not theirs to see. */
  frame(event: LiveEvent): Uint8Array | null {
    const kept = this.#frames.get(event.id);
    if (kept !== undefined) return kept;
    if (this.#frames.size >= mostKept) this.#frames.clear();
    const { id, at: _at, ...subject } = event;
    const isSeen = decideAccess(this.options.standing, permission, event.workspaceId).allowed;
    const made = isSeen ? this.at(event.topic, subject, id) : null;
    this.#frames.set(id, made);
    return made;
  }

  /** Something else, with the place from which to go on after it. */
  at(name: FrameName, data: object, id: number): Uint8Array {
    return frameOf(name, data, this.#seal(id, this.options.now()));
  }

  /** How old what is known of their rights is. */
  ageMs(): number {
    return this.options.now() - this.#readAtMs;
  }

  /**
   * Reads their rights again; whoever asks meanwhile gets the same reading.
   * @throws what reading them throws
   */
  check(): Promise<RightsNow> {
    this.#check ??= this.#read().finally(() => {
      this.#check = null;
    });
    return this.#check;
  }

  async #read(): Promise<RightsNow> {
    const beganMs = this.options.now();
    const found = await this.options.standingNow();
    if (!found || !decideAccess(found, permission, null).allowed) return "gone";
    if (!isSameSight(found, this.options.standing)) return "changed";
    this.#readAtMs = beganMs;
    return "same";
  }
}

function isSameSight(one: Standing, other: Standing): boolean {
  return isWithin(one.scope, other.scope) && isWithin(other.scope, one.scope);
}
