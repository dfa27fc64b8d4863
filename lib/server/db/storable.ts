/** Text that PostgreSQL can hold: without NUL and without half a surrogate pair, which it refuses. Both become U+FFFD. */
export function storableText(text: string): string {
  return text.replace(/\0|\p{Cs}/gu, "\uFFFD");
}

/**
 * JSON text of a value as a `jsonb` column can hold it. NUL and half pairs are replaced in the JSON text, where they stand as
 * escapes, so that names of members are covered as well.
 */
export function storableJson(value: unknown): string {
  return JSON.stringify(value).replace(/\\(u0000|ud[89a-f][0-9a-f]{2}|.)/gi, (escape, what: string) =>
    /^u(0000|d)/i.test(what) && what.length === 5 ? "\uFFFD" : escape,
  );
}
