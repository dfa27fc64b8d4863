import "server-only";
import { inspect } from "node:util";

const shown = "[secret]";

/**
 * A value that may be used but never shown. String(), template text, JSON, `util.inspect` and the log all print `[secret]`;
 * only `reveal()` gives the text.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The text itself. Call it where it is used (a header, a cipher), never to keep it. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return shown;
  }

  toJSON(): string {
    return shown;
  }

  [inspect.custom](): string {
    return shown;
  }
}
