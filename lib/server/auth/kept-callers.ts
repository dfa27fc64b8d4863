import "server-only";

/** What was taken away (a session, a right, a person, a display) acts within this time on every instance. */
export const keptMs = 2_000;
/** Beyond this many at once the memory starts over. */
const mostKept = 10_000;

interface Kept<Found> {
  readonly untilMs: number;
  readonly found: Promise<Found | null>;
}

/** Who is behind an id of the database's, remembered for two seconds, so that a page of many calls asks once. */
export class KeptCallers<Found> {
  readonly #kept = new Map<string, Kept<Found>>();

  constructor(private readonly read: (id: string, now: Date) => Promise<Found | null>) {}

  /** The same promise for whoever asks meanwhile. */
  find(id: string): Promise<Found | null> {
    const now = Date.now();
    const held = this.#kept.get(id);
    if (held && held.untilMs > now) return held.found;
    if (this.#kept.size >= mostKept) this.#kept.clear();
    const found = this.read(id, new Date(now));
    this.#kept.set(id, { untilMs: now + keptMs, found });
    // Neither a failure nor a refusal is kept: signing in again must work at once, and strangers must not fill the memory.
    const forget = () => this.forget(id);
    found.then((one) => one ?? forget(), forget);
    return found;
  }

  /** As the database has it now, for who has to know within seconds and not within those that it is kept for. */
  renew(id: string): Promise<Found | null> {
    this.forget(id);
    return this.find(id);
  }

  /** Drops what is kept, so that an end acts at once in this process. */
  forget(id: string): void {
    this.#kept.delete(id);
  }
}
