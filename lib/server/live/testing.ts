import type { LiveSubject } from "@/lib/domain/live";
import { Hub, type HubOptions, hubTimes } from "./hub";
import { outboxLimits } from "./outbox";

export const contoso = "aaaaaaaa-0000-4000-8000-000000000001";
export const fabrikam = "bbbbbbbb-0000-4000-8000-000000000002";

export const incident = (incidentId: string, workspaceId = contoso): LiveSubject => ({
  topic: "incident",
  ...{ workspaceId, source: "Sentinel", incidentId, change: "changed" },
});

/** An instance of its own over a log; what is not given is as in production. */
export function makeHub(options: Pick<HubOptions, "logOf"> & Partial<HubOptions>): Hub {
  return new Hub({
    listen: () => Promise.resolve(() => Promise.resolve()),
    now: () => Date.now(),
    limits: outboxLimits,
    times: hubTimes,
    log: { error: () => undefined },
    ...options,
  });
}

export interface Heard {
  readonly name: string;
  readonly id: string | null;
  readonly data: Record<string, unknown>;
}

/** A receiver of a stream, which reads as it is asked to. */
export class Listener {
  lastId = "";
  readonly text: string[] = [];
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #decoder = new TextDecoder();
  #rest = "";
  #heard: Heard[] = [];

  constructor(body: ReadableStream<Uint8Array>) {
    this.#reader = body.getReader();
  }

  /** The next event; null when the stream has ended. */
  async next(): Promise<Heard | null> {
    while (this.#heard.length === 0) {
      const { done, value } = await this.#reader.read();
      if (done) return null;
      const piece = this.#decoder.decode(value, { stream: true });
      this.text.push(piece);
      this.#take(piece);
    }
    const heard = this.#heard.shift() ?? null;
    if (heard?.id !== null && heard !== null) this.lastId = heard.id;
    return heard;
  }

  /** The next one of this name, past heartbeats and others. */
  async until(name: string): Promise<Heard> {
    for (;;) {
      const heard = await this.next();
      if (heard === null) throw new Error(`The stream ended without ${name}.`);
      if (heard.name === name) return heard;
    }
  }

  /** Everything up to the end of the stream. */
  async rest(): Promise<Heard[]> {
    const all: Heard[] = [];
    for (let heard = await this.next(); heard !== null; heard = await this.next()) all.push(heard);
    return all;
  }

  /** Leaves, as a browser does. */
  leave(): Promise<void> {
    return this.#reader.cancel();
  }

  #take(piece: string): void {
    const blocks = (this.#rest + piece).split("\n\n");
    this.#rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const field = (name: string) =>
        block
          .split("\n")
          .find((line) => line.startsWith(`${name}:`))
          ?.slice(name.length + 1)
          .trim() ?? null;
      const [name, data] = [field("event"), field("data")];
      if (name !== null && data !== null)
        this.#heard.push({ name, id: field("id"), data: JSON.parse(data) as Record<string, unknown> });
    }
  }
}
