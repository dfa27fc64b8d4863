/** Longest text of upstream that is shown to a person. */
export const LONGEST_TEXT = 300;

/**
 * Text of upstream made harmless to show and to log: no control, no line or paragraph separator, no direction override,
 * no lone surrogate, at most `longest` characters. Null when nothing is left or when it is no text.
 */
export function plainText(value: unknown, longest: number = LONGEST_TEXT): string | null {
  if (typeof value !== "string") return null;
  const text = value
    .slice(0, longest * 4)
    // Cc controls, Cf format characters (direction overrides among them), Zl and Zp separators, Cs lone surrogates.
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, " ")
    .replace(/ {2,}/g, " ")
    .trim();
  if (text === "") return null;
  return text.length <= longest ? text : `${text.slice(0, longest - 1).trimEnd()}…`;
}
