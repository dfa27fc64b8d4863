import "server-only";
import { unpackDigests } from "./digests";
import { unpackHandover } from "./packing";
import type { WalkStore } from "./store";

interface Held {
  /** The set covers the steps 0 … `through`. */
  through: number;
  readonly digests: Set<string>;
}

/** Walks whose set stays in memory; the least recently used one goes first and is read from the store again. */
const walksHeld = 20;

/** Which rows a walk has handed out. Only asked after a restart and in a second look, so it is built on first demand. */
export class DeliveredRows {
  readonly #held = new Map<string, Held>();

  constructor(private readonly store: WalkStore) {}

  /** Digests of all rows in the steps 0 … `through`. Not to be changed by the caller. */
  async through(organisationId: string, walkId: string, through: number): Promise<ReadonlySet<string>> {
    const before = this.#held.get(walkId);
    // A set that reaches further than asked is of a race that somebody else won.
    const base = before && before.through <= through ? before : { through: -1, digests: new Set<string>() };
    if (base.through < through) {
      const packed = await this.store.handovers(organisationId, walkId, base.through + 1, through);
      const texts = await Promise.all(packed.map(async (each) => (await unpackHandover(each)).digests));
      for (const digest of unpackDigests(texts)) base.digests.add(digest);
    }
    this.#keep(walkId, { through, digests: base.digests });
    return base.digests;
  }

  #keep(walkId: string, held: Held): void {
    this.#held.delete(walkId);
    this.#held.set(walkId, held);
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= walksHeld) break;
      this.#held.delete(oldest);
    }
  }
}
