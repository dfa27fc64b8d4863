import "server-only";

export interface OutboxLimits {
  /** Frames that wait for a reader. */
  readonly frames: number;
  readonly bytes: number;
  /** Whoever has not taken the last frames by then is cut off. */
  readonly graceMs: number;
}

export const outboxLimits: OutboxLimits = { frames: 200, bytes: 256 * 1024, graceMs: 10_000 };

/** What waits for one reader: bounded, so that one who reads slowly costs nobody else anything. */
export class Outbox {
  /** The body of the answer. */
  readonly body: ReadableStream<Uint8Array>;
  #controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  #waiting: Uint8Array[] = [];
  #bytes = 0;
  #isAskedFor = false;
  #state: "open" | "ending" | "closed" = "open";
  #grace: NodeJS.Timeout | undefined;
  #drained: (() => void)[] = [];

  /** @param onClosed called once, when nothing more leaves here: it was all taken, the reader left, or was cut off */
  constructor(
    private readonly limits: OutboxLimits,
    private readonly onClosed: () => void,
  ) {
    this.body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        pull: () => this.#give(),
        cancel: () => this.#close(),
      },
      { highWaterMark: 0 },
    );
  }

  /** False when there is no room for it. */
  push(frame: Uint8Array): boolean {
    if (this.#state !== "open") return true;
    if (this.#isAskedFor) {
      this.#isAskedFor = false;
      this.#controller?.enqueue(frame);
      return true;
    }
    if (this.#waiting.length >= this.limits.frames || this.#bytes + frame.length > this.limits.bytes)
      return false;
    this.#waiting.push(frame);
    this.#bytes += frame.length;
    return true;
  }

  /** True when nothing waits. */
  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** True from the end on, taken or not. */
  get isEnding(): boolean {
    return this.#state !== "open";
  }

  /** When everything so far was taken, or the end has come. */
  drained(): Promise<void> {
    if (this.isEmpty || this.#state !== "open") return Promise.resolve();
    return new Promise((resolve) => this.#drained.push(resolve));
  }

  /** Nothing comes after what waits. */
  end(): void {
    if (this.#state !== "open") return;
    this.#state = "ending";
    this.#wake();
    if (this.#isAskedFor) this.#finish();
    else {
      this.#grace = setTimeout(() => this.abort(), this.limits.graceMs);
      this.#grace.unref();
    }
  }

  /** The same for a reader who fell too far behind: this frame instead of what waits. */
  endWith(frame: Uint8Array): void {
    if (this.#state !== "open") return;
    this.#waiting = [];
    this.#bytes = 0;
    this.push(frame);
    this.end();
  }

  /** Ends at once, whatever was not taken. */
  abort(): void {
    if (this.#state === "closed") return;
    this.#controller?.error(new Error("The reader of a live stream fell behind or left."));
    this.#close();
  }

  #give(): void {
    if (this.#waiting.length > 0) {
      this.#controller?.enqueue(this.#take());
      this.#wake();
    } else if (this.#state === "ending") this.#finish();
    else this.#isAskedFor = true;
  }

  #take(): Uint8Array {
    const all = this.#waiting.length === 1 ? this.#waiting[0] : undefined;
    const taken = all ?? Buffer.concat(this.#waiting);
    this.#waiting = [];
    this.#bytes = 0;
    return taken;
  }

  #finish(): void {
    this.#controller?.close();
    this.#close();
  }

  #close(): void {
    if (this.#state === "closed") return;
    this.#state = "closed";
    clearTimeout(this.#grace);
    this.#waiting = [];
    this.#bytes = 0;
    this.#wake();
    this.onClosed();
  }

  #wake(): void {
    const drained = this.#drained;
    this.#drained = [];
    for (const resolve of drained) resolve();
  }
}
