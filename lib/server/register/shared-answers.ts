import "server-only";

/** What one reading of the register came to. */
export interface SharedAnswer {
  /** The data as JSON text: made once, sent to many. */
  readonly text: string;
  /** Where the event log stood in that reading; null where nobody asks further from it. */
  readonly head: number | null;
}

interface Held {
  readonly head: number;
  readonly madeMs: number;
  readonly answer: Promise<SharedAnswer>;
  chars: number;
}

/** Milliseconds for which an answer serves others. What changed is in the event log, so only the ages of readings are told so much late. */
const goodForMs = 3_000;
const mostChars = 24_000_000;

/**
 * Answers to questions that several people ask at once: each is read one time for all of them, as long as the event log stands where it
 * stood. Only for those who may see everything: where the sight is limited, how quickly an answer comes must not depend on what happens
 * at customers outside it.
 */
export class SharedAnswers {
  private readonly held = new Map<string, Held>();
  private chars = 0;

  /**
   * @param key organisation and question: everything that the answer depends on, but for what the log tells
   * @param head where the organisation's event log stands
   */
  answer(key: string, head: number, nowMs: number, read: () => Promise<SharedAnswer>): Promise<SharedAnswer> {
    const known = this.held.get(key);
    if (known && known.head === head && Math.abs(nowMs - known.madeMs) < goodForMs) return known.answer;
    const made: Held = { head, madeMs: nowMs, answer: read(), chars: 0 };
    this.drop(key);
    this.held.set(key, made);
    this.makeRoom(nowMs);
    void made.answer.then(
      ({ text }) => {
        if (this.held.get(key) !== made) return;
        made.chars = text.length;
        this.chars += text.length;
        this.makeRoom(nowMs);
      },
      // Whoever waits for it is told; the next one tries again.
      () => {
        if (this.held.get(key) === made) this.drop(key);
      },
    );
    return made.answer;
  }

  /** Lets go what serves nobody any more, and the oldest where there is too much. */
  private makeRoom(nowMs: number): void {
    for (const [key, { madeMs }] of this.held) {
      if (this.chars <= mostChars && Math.abs(nowMs - madeMs) < goodForMs) break;
      this.drop(key);
    }
  }

  private drop(key: string): void {
    this.chars -= this.held.get(key)?.chars ?? 0;
    this.held.delete(key);
  }
}
