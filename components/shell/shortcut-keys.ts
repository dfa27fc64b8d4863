/** One key press of a shortcut such as "j", "Shift+x", "Mod+k" or "Escape". */
export interface KeyPress {
  /** As `KeyboardEvent.key`; letters in lower case. */
  readonly key: string;
  readonly shift: boolean;
  /** Ctrl, or ⌘ on a Mac. */
  readonly mod: boolean;
}

/** The part of a KeyboardEvent that decides. */
export interface KeyInput {
  readonly key: string;
  readonly code: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** The presses of a shortcut: "g i" is two, one after the other. */
export function parseKeys(keys: string): readonly KeyPress[] {
  return keys.split(" ").map((press) => {
    const parts = press.split("+");
    const key = parts.pop() || "+";
    return {
      key: key.length === 1 ? key.toLowerCase() : key,
      shift: parts.includes("Shift"),
      mod: parts.includes("Mod"),
    };
  });
}

/** True for shortcuts of printable characters without Ctrl or ⌘: those that WCAG 2.1.4 wants to be able to switch off. */
export function isSingleCharacter(keys: string): boolean {
  return parseKeys(keys).every(({ key, mod }) => key.length === 1 && !mod);
}

const isLetter = (key: string) => /^[a-z]$/.test(key);

/** The key as meant: on a layout without Latin letters (Cyrillic, Greek, …) the place on the keyboard counts. */
function meantKey(input: KeyInput): string {
  if (input.key.length !== 1) return input.key;
  const key = input.key.toLowerCase();
  const place = /^Key([A-Z])$/.exec(input.code)?.[1];
  return place && !/[\x20-\x7e]/.test(key) ? place.toLowerCase() : key;
}

/** Whether this is that press. Shift counts for letters and named keys; "?" and "+" need it on some layouts only. */
export function isPress(press: KeyPress, input: KeyInput): boolean {
  if (input.altKey || press.mod !== (input.ctrlKey || input.metaKey)) return false;
  const key = meantKey(input);
  if (press.key !== key) return false;
  return isLetter(key) || key.length > 1 ? press.shift === input.shiftKey : true;
}

export type Match =
  | { readonly kind: "run"; readonly index: number }
  | { readonly kind: "wait" }
  | { readonly kind: "none" };

/**
 * Which shortcut the keys pressed so far mean: one to run, or more keys to wait for. The last of several equal ones
 * wins, so that what opened last (a drawer) comes before what lies under it. `wait` comes before `run`: a key that
 * begins a sequence is no shortcut by itself.
 */
export function matchKeys(shortcuts: readonly string[], pressed: readonly KeyInput[]): Match {
  let found: Match = { kind: "none" };
  for (const [index, keys] of shortcuts.entries()) {
    const presses = parseKeys(keys);
    if (!pressed.every((input, n) => presses[n] !== undefined && isPress(presses[n], input))) continue;
    if (presses.length > pressed.length) return { kind: "wait" };
    found = { kind: "run", index };
  }
  return found;
}
