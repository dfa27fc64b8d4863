import { z } from "zod";

/** Deliveries kept; the oldest go first. */
const most = 100;

export const receiverStatusSchema = z.strictObject({
  status: z.literal(200).or(z.number().int().min(300).max(599)),
});

interface Received {
  /** Real time, ISO 8601. */
  readonly at: string;
  /** Status that it was answered with. */
  readonly status: number;
  readonly body: unknown;
}

/** A receiver of webhooks inside the emulator, so that a demo needs no other program: takes what comes, and can be told to fail. */
export class DemoReceiver {
  #status = 200;
  #received: Received[] = [];
  #count = 0;

  answerWith(status: number): void {
    this.#status = status;
  }

  /** Returns the status to answer with. */
  take(body: unknown): number {
    this.#count += 1;
    this.#received.push({ at: new Date().toISOString(), status: this.#status, body });
    if (this.#received.length > most) this.#received.shift();
    return this.#status;
  }

  snapshot(): { readonly status: number; readonly count: number; readonly received: readonly Received[] } {
    return { status: this.#status, count: this.#count, received: [...this.#received] };
  }

  clear(): void {
    this.#status = 200;
    this.#received = [];
    this.#count = 0;
  }
}
