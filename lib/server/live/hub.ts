import "server-only";
import type { Log } from "@/lib/server/log";
import { type Audience } from "./audience";
import { Follower, type LogReader } from "./follower";
import { retryFrame } from "./frames";
import type { OutboxLimits } from "./outbox";
import { LiveStream } from "./stream";

export interface HubOptions {
  readonly logOf: (organisationId: string) => LogReader;
  /** Calls with the organisation of each event that is committed, until it is ended; a doorbell that may fail. */
  readonly listen: (onRing: (organisationId: string) => void) => Promise<() => Promise<void>>;
  readonly now: () => number;
  readonly limits: OutboxLimits;
  readonly times: HubTimes;
  readonly log: Pick<Log, "error">;
}

/** All in milliseconds. */
export interface HubTimes {
  /** How often it is looked what is due. */
  readonly tickMs: number;
  /** How often the log is read without a ring. */
  readonly pollMs: number;
  readonly heartbeatMs: number;
  /** Rights are read again when they are this old; on rights older than `oldestRightsMs` nothing is handed out. */
  readonly rightsMs: number;
  readonly oldestRightsMs: number;
  /** A log that nobody follows is let go of after so long: pages come and go. */
  readonly lingerMs: number;
}

export const hubTimes: HubTimes = {
  tickMs: 500,
  pollMs: 1_000,
  heartbeatMs: 15_000,
  rightsMs: 3_500,
  oldestRightsMs: 5_000,
  lingerMs: 5_000,
};

/** One session or display may hold so many streams: tabs of one browser share one. */
const mostStreams = 100;

interface Followed {
  readonly follower: Follower;
  polledAtMs: number;
  /** When somebody last followed it. */
  usedAtMs: number;
}

/** Everything live of this process: who listens, in which organisations, and what is due for them. */
export class Hub {
  readonly #logs = new Map<string, Followed>();
  readonly #audiences = new Map<string, { readonly audience: Audience; readonly streams: Set<LiveStream> }>();
  #timer: NodeJS.Timeout | null = null;
  #listening: Promise<() => Promise<void>> | null = null;
  #isEnding = false;

  constructor(private readonly options: HubOptions) {}

  /** What is held at present; all zero when nobody has listened for a while. */
  held(): {
    readonly streams: number;
    readonly audiences: number;
    readonly logs: number;
    readonly timers: number;
    readonly listeners: number;
  } {
    return {
      streams: [...this.#audiences.values()].reduce((sum, { streams }) => sum + streams.size, 0),
      audiences: this.#audiences.size,
      logs: this.#logs.size,
      timers: this.#timer === null ? 0 : 1,
      listeners: this.#listening === null ? 0 : 1,
    };
  }

  /**
   * Opens a stream; null when this audience holds too many already.
   * @param key of the audience: who it is, where, and what they see
   * @param after as `Follower.join` has it
   */
  open(key: string, audience: () => Audience, after: number | "lost" | null): LiveStream | null {
    let held = this.#audiences.get(key);
    if (held && held.streams.size >= mostStreams) return null;
    if (!held) {
      held = { audience: audience(), streams: new Set() };
      this.#audiences.set(key, held);
    }
    const { now, limits } = this.options;
    const { streams } = held;
    const stream = new LiveStream({
      audience: held.audience,
      limits,
      now,
      onClosed: (closed) => {
        streams.delete(closed);
        if (streams.size === 0) this.#audiences.delete(key);
        this.#logs.get(closed.audience.organisationId)?.follower.streams.delete(closed);
      },
    });
    streams.add(stream);
    stream.say(retryFrame(Math.random));
    if (this.#isEnding) stream.end();
    else void this.#join(stream, after);
    return stream;
  }

  /** The server ends: every stream does, and a new one at once. */
  end(): void {
    this.#isEnding = true;
    for (const { streams } of this.#audiences.values()) for (const stream of streams) stream.end();
    this.#rest();
  }

  async #join(stream: LiveStream, after: number | "lost" | null): Promise<void> {
    const { follower } = this.#follow(stream.audience.organisationId);
    try {
      await follower.join(stream, after);
    } catch (error) {
      this.options.log.error({ err: error }, "a live stream could not be begun");
      stream.end();
    }
  }

  #follow(organisationId: string): Followed {
    const { now, logOf } = this.options;
    let followed = this.#logs.get(organisationId);
    if (!followed) {
      const follower = new Follower({
        log: logOf(organisationId),
        beforeDelivery: (streams) => this.#renew(streams),
        onFailure: (error) =>
          this.options.log.error({ organisationId, err: error }, "the log of live events cannot be read"),
      });
      followed = { follower, polledAtMs: now(), usedAtMs: now() };
      this.#logs.set(organisationId, followed);
    }
    followed.usedAtMs = now();
    this.#wake();
    return followed;
  }

  #wake(): void {
    if (this.#timer === null) {
      this.#timer = setInterval(() => this.#tick(), this.options.times.tickMs);
      this.#timer.unref();
    }
    this.#listening ??= this.options
      .listen((organisationId) => this.#logs.get(organisationId)?.follower.ring())
      .catch((error: unknown) => {
        this.options.log.error(
          { err: error },
          "live events are polled for: the database's bell is out of order",
        );
        return () => Promise.resolve();
      });
  }

  /** Lets go of everything that costs something without anybody to listen. */
  #rest(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.#logs.clear();
    const listening = this.#listening;
    this.#listening = null;
    void listening?.then((stop) => stop()).catch(() => undefined);
  }

  #tick(): void {
    const { now, times } = this.options;
    const nowMs = now();
    for (const { audience, streams } of this.#audiences.values()) {
      if (audience.ageMs() >= times.rightsMs) void this.#check(audience, streams);
      for (const stream of streams) if (stream.beatAgeMs() >= times.heartbeatMs) stream.beat();
    }
    for (const [organisationId, followed] of this.#logs) {
      if (followed.follower.isUsed) followed.usedAtMs = nowMs;
      else if (nowMs - followed.usedAtMs >= times.lingerMs) this.#logs.delete(organisationId);
      if (nowMs - followed.polledAtMs < times.pollMs) continue;
      followed.polledAtMs = nowMs;
      followed.follower.ring();
    }
    if (this.#logs.size === 0 && this.#audiences.size === 0) this.#rest();
  }

  /** Reads an audience's rights again and ends its streams where they are other ones, or cannot be known any more. */
  async #check(audience: Audience, streams: ReadonlySet<LiveStream>): Promise<void> {
    try {
      const rights = await audience.check();
      if (rights !== "same") for (const stream of streams) stream.revoke(rights);
    } catch {
      // The store is not there; whoever else meets that says so. The streams come back with their places.
      if (audience.ageMs() >= this.options.times.oldestRightsMs) for (const stream of streams) stream.end();
    }
  }

  async #renew(streams: ReadonlySet<LiveStream>): Promise<void> {
    const stale = new Set(
      [...streams]
        .map(({ audience }) => audience)
        .filter((one) => one.ageMs() >= this.options.times.oldestRightsMs),
    );
    if (stale.size === 0) return;
    const held = [...this.#audiences.values()].filter(({ audience }) => stale.has(audience));
    await Promise.all(held.map((each) => this.#check(each.audience, each.streams)));
  }
}
