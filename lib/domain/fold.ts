const folded = new Map<string, string>();

/** Text as people order and look for it: neither case nor accents count. Few texts are distinct, so each is folded once. */
export function fold(text: string): string {
  const held = folded.get(text);
  if (held !== undefined) return held;
  if (folded.size > 20_000) folded.clear();
  const made = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  folded.set(text, made);
  return made;
}
