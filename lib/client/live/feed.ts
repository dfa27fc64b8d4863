import type { LiveMessage, LiveState } from "@/lib/domain/live";
import { Connection, type ConnectionTools, silenceMs } from "./connection";

/** The parts of Web Locks and BroadcastChannel that are used. */
export interface FeedTools extends ConnectionTools {
  readonly locks: Pick<LockManager, "request"> | null;
  readonly openChannel:
    | ((name: string) => Pick<BroadcastChannel, "postMessage" | "close" | "onmessage">)
    | null;
}

export interface FeedListener {
  onMessage(message: LiveMessage): void;
  onState(state: LiveState): void;
}

/** What tabs tell each other. `hello`: a tab has come, and asks how things stand. */
type Note =
  | { readonly kind: "hello" }
  | { readonly kind: "state"; readonly state: LiveState["kind"]; readonly lastId: string | null }
  | { readonly kind: "message"; readonly message: LiveMessage; readonly lastId: string | null };

/** A tab that leads says something each 15 s; after so long without a word another one takes its place. */
const leaderSilenceMs = silenceMs + 5_000;
/** What the leader before has said is heard before the next one goes on from there. */
const settleMs = 100;

/**
 * A tab's part in the one live stream of its browser. The tabs of one person in one organisation elect one of them, which holds the stream and
 * shares what it hears; when it closes, the next one goes on from the last place that it heard of. Without Web Locks or
 * BroadcastChannel, or without a name, each tab has its own stream.
 */
export class Feed {
  readonly #listeners = new Set<FeedListener>();
  #state: LiveState = { kind: "connecting", since: Date.now() };
  #lastId: string | null = null;
  /** Something may have been missed since this tab was last told everything. */
  #isBehind = true;
  #connection: Connection | null = null;
  #channel: ReturnType<NonNullable<FeedTools["openChannel"]>> | null = null;
  #waiting: AbortController | null = null;
  #resign: (() => void) | null = null;
  #watchdog: ReturnType<typeof setTimeout> | undefined;
  #settling: ReturnType<typeof setTimeout> | undefined;
  #isRunning = false;

  /** @param name of the stream among this browser's tabs; null: this tab shares it with none */
  constructor(
    private readonly address: string,
    private readonly name: string | null,
    private readonly tools: FeedTools,
  ) {}

  /** Begins, or takes part again after `stop`. */
  start(): void {
    if (this.#isRunning || this.#state.kind === "off") return;
    this.#isRunning = true;
    this.#isBehind = true;
    const { locks, openChannel } = this.tools;
    if (this.name === null || !locks || !openChannel) {
      this.#connect();
      return;
    }
    this.#channel = openChannel(this.name);
    this.#channel.onmessage = ({ data }: MessageEvent<Note>) => this.#hear(data);
    this.#tell({ kind: "hello" });
    this.#stand(false);
  }

  /** Leaves; another tab takes over what this one held. */
  stop(): void {
    this.#isRunning = false;
    clearTimeout(this.#watchdog);
    this.#stepDown();
    this.#waiting?.abort();
    this.#waiting = null;
    this.#channel?.close();
    this.#channel = null;
  }

  /** Tells of everything from now on. A listener that comes while the stream is live hears `resync` first, as all others did. */
  add(listener: FeedListener): void {
    this.#listeners.add(listener);
    listener.onState(this.#state);
    if (!this.#isBehind) listener.onMessage({ kind: "resync" });
  }

  /** How many still listen. */
  remove(listener: FeedListener): number {
    this.#listeners.delete(listener);
    return this.#listeners.size;
  }

  /** Stands for election: leads when nobody else does, or at once in the place of a tab that has fallen silent. */
  #stand(isUsurping: boolean): void {
    this.#waiting?.abort();
    const waiting = new AbortController();
    this.#waiting = waiting;
    this.#watch();
    const options: LockOptions = isUsurping ? { steal: true } : { signal: waiting.signal };
    this.tools.locks
      ?.request(this.name ?? "", options, () => this.#lead(waiting))
      .catch(() => {
        // Either this tab left, or another one took the lead from it while it slept.
        if (!this.#isRunning || this.#waiting !== waiting) return;
        this.#stepDown();
        this.#stand(false);
      });
  }

  /** Holds the lead for as long as the promise is open. */
  #lead(waiting: AbortController): Promise<void> {
    if (!this.#isRunning || this.#waiting !== waiting) return Promise.resolve();
    clearTimeout(this.#watchdog);
    return new Promise((resolve) => {
      this.#resign = resolve;
      this.#settling = setTimeout(() => this.#connect(), settleMs);
    });
  }

  #stepDown(): void {
    clearTimeout(this.#settling);
    this.#connection?.stop();
    this.#connection = null;
    this.#resign?.();
    this.#resign = null;
  }

  #connect(): void {
    this.#connection = new Connection(
      this.address,
      this.#lastId,
      {
        state: (kind, lastId) => {
          // The end of one tab's session is not that of another's, who may have signed in since: each finds out by itself.
          if (kind !== "off") this.#tell({ kind: "state", state: kind, lastId });
          this.#take(kind, lastId);
          if (kind === "off") this.stop();
        },
        message: (message, lastId) => {
          this.#tell({ kind: "message", message, lastId });
          this.#give(message, lastId);
        },
      },
      this.tools,
    );
  }

  #tell(note: Note): void {
    this.#channel?.postMessage(note);
  }

  #hear(note: Note): void {
    if (!this.#isRunning) return;
    if (note.kind === "hello") {
      if (this.#connection) this.#tell({ kind: "state", state: this.#state.kind, lastId: this.#lastId });
      return;
    }
    // One that was succeeded may have a last word.
    if (this.#connection) return;
    if (!this.#resign) this.#watch();
    if (note.kind === "state") this.#take(note.state, note.lastId);
    else this.#give(note.message, note.lastId);
  }

  #watch(): void {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => {
      this.#take("late", this.#lastId);
      this.#stand(true);
    }, leaderSilenceMs);
  }

  #take(kind: LiveState["kind"], lastId: string | null): void {
    this.#lastId = lastId;
    if (kind !== this.#state.kind) {
      this.#state = { kind, since: Date.now() };
      for (const listener of this.#listeners) listener.onState(this.#state);
    }
    if (kind === "live" && this.#isBehind) this.#give({ kind: "resync" }, lastId);
  }

  #give(message: LiveMessage, lastId: string | null): void {
    this.#lastId = lastId;
    if (message.kind === "resync") this.#isBehind = false;
    else if (this.#isBehind) return;
    for (const listener of this.#listeners) listener.onMessage(message);
  }
}
