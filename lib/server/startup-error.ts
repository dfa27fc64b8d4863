import "server-only";

/**
 * Watchfloor cannot start. The message is one clear sentence for the operator: it names the variable or the folder and says
 * what is expected, and never repeats a secret value.
 */
export class StartupError extends Error {
  constructor(sentence: string, options?: { cause?: unknown }) {
    super(sentence, options);
    this.name = "StartupError";
  }
}
