import { isProblem } from "@/lib/client/call-error";
import type { LiveMessage, LiveState, LiveSubject } from "@/lib/domain/live";
import { type Frame, FrameParser } from "./frames";

/** What a connection reports. `lastId` is where to go on from after it; null where that is not known. */
export interface ConnectionEvents {
  message(message: LiveMessage, lastId: string | null): void;
  /** Also with each sign of life. */
  state(kind: LiveState["kind"], lastId: string | null): void;
}

/** What a test puts in another's place. */
export interface ConnectionTools {
  readonly fetch: typeof fetch;
  readonly random: () => number;
}

/** Nothing at all for so long, where a sign of life is due each 15 s: the connection is dead. */
export const silenceMs = 40_000;
/** Between two attempts, whatever the reason. */
const waitMs = { least: 1_000, most: 15_000 };

/** Answers that mean that nothing will come here any more. */
const final: readonly string[] = ["NOT_SIGNED_IN", "FORBIDDEN", "NOT_FOUND"];

async function isFinal(answer: Response): Promise<boolean> {
  if (answer.status < 400 || answer.status > 499) return false;
  // What stands between us and the server has 404s of its own.
  const body: unknown = await answer.json().catch(() => null);
  return isProblem(body) && final.includes(body.code);
}

/**
 * The live stream, made anew whenever it breaks, from where it broke. The browser's own EventSource does not do: it gives up for good on any
 * answer that is not a stream, does not notice silence, and cannot begin at a place that another tab has reached.
 */
export class Connection {
  readonly #stopping = new AbortController();
  #lastId: string | null;
  #retryMs: number | null = null;

  /** @param lastId where to begin; null: now, with a gap before */
  constructor(
    private readonly address: string,
    lastId: string | null,
    private readonly events: ConnectionEvents,
    private readonly tools: ConnectionTools,
  ) {
    this.#lastId = lastId;
    void this.#run();
  }

  stop(): void {
    this.#stopping.abort();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    for (let failures = 0; ; ) {
      const outcome = await this.#attempt();
      if (signal.aborted) return;
      if (outcome === "off") {
        this.events.state("off", null);
        return;
      }
      failures = outcome === "cut" ? 0 : failures + 1;
      this.events.state("late", this.#lastId);
      await this.#rest(failures);
      if (signal.aborted) return;
    }
  }

  #rest(failures: number): Promise<void> {
    const longest = Math.min(waitMs.most, waitMs.least * 2 ** failures);
    const drawn = waitMs.least + this.tools.random() * (longest - waitMs.least);
    // The server knows best how long it takes to be there again, and whom it sends back when.
    const ms = failures === 0 && this.#retryMs !== null ? this.#retryMs : drawn;
    const { signal } = this.#stopping;
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", end);
        resolve();
      };
      const timer = setTimeout(end, Math.min(Math.max(ms, waitMs.least), waitMs.most));
      signal.addEventListener("abort", end);
    });
  }

  /** `cut`: it was there, and broke off; `failed`: it never began. */
  async #attempt(): Promise<"cut" | "failed" | "off"> {
    const attempt = new AbortController();
    const stop = () => attempt.abort();
    const { signal } = this.#stopping;
    signal.addEventListener("abort", stop);
    let watchdog = setTimeout(stop, silenceMs);
    let hasBegun = false;
    try {
      const headers = {
        accept: "text/event-stream",
        ...(this.#lastId === null ? {} : { "last-event-id": this.#lastId }),
      };
      const answer = await this.tools.fetch(this.address, {
        ...{ headers, credentials: "same-origin", cache: "no-store", signal: attempt.signal },
      });
      if (await isFinal(answer)) return "off";
      const isStream = answer.headers.get("content-type")?.startsWith("text/event-stream");
      if (!answer.ok || !isStream || !answer.body) {
        attempt.abort();
        return "failed";
      }
      const parser = new FrameParser((ms) => {
        this.#retryMs = ms;
      });
      const decoder = new TextDecoder();
      const reader = answer.body.getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done || signal.aborted) break;
        clearTimeout(watchdog);
        watchdog = setTimeout(stop, silenceMs);
        for (const frame of parser.read(decoder.decode(value, { stream: true }))) {
          if (frame.name === "gone") return "off";
          this.#take(frame, hasBegun);
          hasBegun = true;
        }
      }
    } catch {
      // Cut off, or not to be reached: which of the two, the caller knows by `hasBegun`.
    } finally {
      clearTimeout(watchdog);
      signal.removeEventListener("abort", stop);
      attempt.abort();
    }
    return hasBegun ? "cut" : "failed";
  }

  #take({ name, data, id }: Frame, hasBegun: boolean): void {
    const isNew = !hasBegun && this.#lastId === null;
    if (id !== null) this.#lastId = id === "" ? null : id;
    if (isNew || name === "resync") this.events.message({ kind: "resync" }, this.#lastId);
    this.events.state("live", this.#lastId);
    if (name !== "incident" && name !== "coverage") return;
    // Written by our own server from the very type.
    this.events.message({ kind: "event", event: JSON.parse(data) as LiveSubject }, this.#lastId);
  }
}
