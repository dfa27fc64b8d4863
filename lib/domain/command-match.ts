/** Something that can be found by typing. */
export interface Findable {
  readonly label: string;
  /** Other words for it, which are searched and not shown. */
  readonly also?: string;
}

const wordStart = (text: string, word: string) =>
  text.startsWith(word) || new RegExp(`[\\s\\-/·(]${escapePattern(word)}`).test(text);

const escapePattern = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** How well an entry fits: each typed word must start a word of it, or at least occur in it. 0: not at all. */
function fit(entry: Findable, typed: readonly string[]): number {
  const label = entry.label.toLocaleLowerCase("en");
  const all = `${label} ${entry.also?.toLocaleLowerCase("en") ?? ""}`;
  let score = 0;
  for (const word of typed) {
    if (wordStart(label, word)) score += 4;
    else if (wordStart(all, word)) score += 2;
    else if (all.includes(word)) score += 1;
    else return 0;
  }
  return score + (label.startsWith(typed.join(" ")) ? 2 : 0);
}

/** The entries that fit what was typed, the best first and otherwise in their own order; all of them when nothing was. */
export function matchCommands<Entry extends Findable>(entries: readonly Entry[], text: string): Entry[] {
  const typed = text.toLocaleLowerCase("en").split(/\s+/).filter(Boolean);
  if (typed.length === 0) return [...entries];
  return entries
    .map((entry) => ({ entry, score: fit(entry, typed) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ entry }) => entry);
}
