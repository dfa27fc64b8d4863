import { isPlain, type Reader } from "../readers";

/**
 * The answer of a change that reports true, false or nothing. `ok` is false only for a plain `false`, which means
 * "not done" without an error: tell the person.
 */
export interface Outcome {
  readonly ok: boolean;
}

export const outcome: Reader<Outcome> = (value, reading) => {
  if (value === false || (typeof value === "string" && value.toLowerCase() === "false")) return { ok: false };
  if (isPlain(value) || Array.isArray(value)) reading.note("not a boolean");
  return { ok: true };
};
