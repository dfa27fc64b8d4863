import "server-only";
import type { LiveEvent } from "@/lib/domain/live";
import type { Audience } from "./audience";
import { frameOf } from "./frames";
import { Outbox, type OutboxLimits } from "./outbox";

export interface StreamOptions {
  readonly audience: Audience;
  readonly limits: OutboxLimits;
  readonly now: () => number;
  /** Called once, when the stream is over for whatever reason. */
  readonly onClosed: (stream: LiveStream) => void;
}

/** One open stream: where it stands in the log, and what waits for its reader. */
export class LiveStream {
  readonly audience: Audience;
  readonly #outbox: Outbox;
  readonly #now: () => number;
  #position = 0;
  #beatAtMs: number;
  #isOver = false;

  constructor({ audience, limits, now, onClosed }: StreamOptions) {
    this.audience = audience;
    this.#now = now;
    this.#beatAtMs = now();
    this.#outbox = new Outbox(limits, () => {
      this.#isOver = true;
      onClosed(this);
    });
  }

  get body(): ReadableStream<Uint8Array> {
    return this.#outbox.body;
  }

  /** Up to where it was told everything that is theirs. */
  get position(): number {
    return this.#position;
  }

  /** True when nothing more can be said: it was ended, or the reader has left. */
  get isOver(): boolean {
    return this.#isOver || this.#outbox.isEnding;
  }

  /** How long ago the last sign of life was, milliseconds. */
  beatAgeMs(): number {
    return this.#now() - this.#beatAtMs;
  }

  /** Goes on from here. */
  begin(position: number): void {
    this.#position = position;
    this.#beat();
  }

  /** Goes on from here, with a gap before: what is shown has to be asked for anew. */
  resync(position: number): void {
    this.#position = position;
    this.#send(this.audience.at("resync", {}, position));
  }

  /** The log's next entries, in order; those that it was told before are passed over. */
  take(events: readonly LiveEvent[], upTo: number): void {
    for (const event of events) {
      if (event.id <= this.#position) continue;
      const frame = this.audience.frame(event);
      if (frame !== null && !this.#send(frame)) return;
      this.#position = event.id;
    }
    this.#position = Math.max(this.#position, upTo);
  }

  /** A sign of life, where the reader takes what comes; the rest is enough of one. */
  beat(): void {
    if (this.#outbox.isEmpty) this.#beat();
  }

  /** Anything else in the stream's own words. */
  say(frame: Uint8Array): void {
    this.#send(frame);
  }

  /** When the reader has taken everything so far, or the stream is over. */
  drained(): Promise<void> {
    return this.#outbox.drained();
  }

  /** Ends after what waits. */
  end(): void {
    this.#outbox.end();
  }

  /** Ends because nothing here is theirs any more, or other things are. What waits was theirs a moment ago, and is not sent either. */
  revoke(now: "changed" | "gone"): void {
    // An empty id makes the browser forget its place, which was one among what they saw before.
    this.#outbox.endWith(frameOf(now === "gone" ? "gone" : "resync", {}, ""));
  }

  /** Ends at once. */
  abort(): void {
    this.#outbox.abort();
  }

  #beat(): void {
    this.#beatAtMs = this.#now();
    this.#send(this.audience.at("hb", { at: new Date(this.#now()).toISOString() }, this.#position));
  }

  /** False when the reader has fallen too far behind: then the stream ends, and says so. */
  #send(frame: Uint8Array): boolean {
    if (this.#outbox.push(frame)) return true;
    this.#outbox.endWith(this.audience.at("resync", {}, this.#position));
    return false;
  }
}
