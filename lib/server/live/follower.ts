import "server-only";
import type { LiveSlice } from "./log";
import type { LiveStream } from "./stream";

/** The log of one organisation. */
export interface LogReader {
  head(): Promise<number>;
  /** The entries after a number, whoever's they are; null where the log no longer goes back so far. */
  after(id: number, limit: number): Promise<LiveSlice | null>;
}

export interface FollowerOptions {
  readonly log: LogReader;
  /** Called before entries are handed out: resolves when what is known of everybody's rights is young enough. */
  readonly beforeDelivery: (streams: ReadonlySet<LiveStream>) => Promise<void>;
  /** The log cannot be read. */
  readonly onFailure: (error: unknown) => void;
}

/** Entries that are read, and handed out, at a time: well below what a stream's buffer holds. */
const sliceLimit = 100;
/** After so many readings in a row that failed nobody is told that all is well any more. */
const mostFailures = 3;

/** Gives sockets their turn, so that readers who keep up have an empty buffer for the next entries. */
const turn = () => new Promise<void>((resolve) => void setImmediate(resolve));

/** Reads an organisation's log once for all streams of this process. */
export class Follower {
  readonly streams = new Set<LiveStream>();
  #upTo = 0;
  #starting: Promise<void> | null = null;
  #isReading = false;
  #isRung = false;
  #failures = 0;
  #joining = 0;

  constructor(private readonly options: FollowerOptions) {}

  /** Whether somebody follows, or is about to. */
  get isUsed(): boolean {
    return this.streams.size + this.#joining > 0;
  }

  /**
   * From now on the stream is told what happens, without a gap or a repeat after `after`; null: after where the log stands now. Where the log
   * no longer goes back so far, or that place is lost, the stream is told that.
   */
  async join(stream: LiveStream, after: number | "lost" | null): Promise<void> {
    // With nobody there it did not read on: it begins at where the log stands now.
    if (!this.isUsed) this.#starting = null;
    this.#joining += 1;
    try {
      await (this.#starting ??= this.#start());
      const isThere = typeof after === "number" && (await this.#catchUp(stream, after));
      if (stream.isOver) return;
      if (after === null) stream.begin(this.#upTo);
      else if (!isThere) stream.resync(this.#upTo);
      this.streams.add(stream);
    } finally {
      this.#joining -= 1;
    }
    this.ring();
  }

  /** Something may have happened: reads on. */
  ring(): void {
    this.#isRung = true;
    if (!this.#isReading) void this.#follow();
  }

  async #start(): Promise<void> {
    try {
      this.#upTo = await this.options.log.head();
    } catch (error) {
      this.#starting = null;
      throw error;
    }
  }

  /** Brings a stream that was here before to where the others are, as fast as it is read. False where that cannot be. */
  async #catchUp(stream: LiveStream, after: number): Promise<boolean> {
    let slice = await this.options.log.after(after, sliceLimit);
    if (slice === null) return false;
    stream.begin(after);
    for (;;) {
      stream.take(slice.events, slice.upTo);
      await stream.drained();
      if (stream.isOver) return true;
      if (stream.position >= this.#upTo) break;
      const next = await this.options.log.after(stream.position, sliceLimit);
      if (next === null) return false;
      slice = next;
    }
    // It joins in this very turn, in which nothing is handed out: exactly where it stands.
    this.streams.add(stream);
    return true;
  }

  async #follow(): Promise<void> {
    this.#isReading = true;
    try {
      while (this.#isRung && this.streams.size > 0) {
        this.#isRung = false;
        await this.#readOn();
      }
      this.#failures = 0;
    } catch (error) {
      this.#failures += 1;
      if (this.#failures === mostFailures) {
        this.options.onFailure(error);
        // They come back by themselves, with their places.
        for (const stream of this.streams) stream.end();
        this.#failures = 0;
      }
    } finally {
      this.#isReading = false;
    }
  }

  async #readOn(): Promise<void> {
    for (;;) {
      const slice = await this.options.log.after(this.#upTo, sliceLimit);
      if (slice === null) {
        this.#upTo = await this.options.log.head();
        for (const stream of this.streams) stream.resync(this.#upTo);
        return;
      }
      if (slice.events.length > 0) await this.options.beforeDelivery(this.streams);
      this.#upTo = slice.upTo;
      for (const stream of this.streams) stream.take(slice.events, slice.upTo);
      if (slice.isAll) return;
      await turn();
    }
  }
}
