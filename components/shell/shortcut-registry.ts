import { isSingleCharacter, matchKeys } from "./shortcut-keys";

export interface Shortcut {
  /** "j", "Shift+x", "Mod+k", "Escape", "ArrowDown"; "g i" is one key after the other. */
  readonly keys: string;
  /** What it does, for the help dialog. */
  readonly label: string;
  readonly run: () => void;
  /** Runs again while the key is held. By default only movement does: j, k and the arrows. */
  readonly repeat?: boolean;
}

interface Scope {
  readonly name: string;
  readonly list: () => readonly Shortcut[];
}

export interface ShortcutGroup {
  readonly scope: string;
  readonly shortcuts: readonly Shortcut[];
}

/** Milliseconds within which the second key of a sequence must follow. */
const sequenceMs = 1200;
const storageKey = "watchfloor.single-keys";
const movement = new Set(["j", "k", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"]);

let scopes: readonly Scope[] = [];
/** The first key of a sequence whose second is awaited. */
let begun: KeyboardEvent | undefined;

/** Adds shortcuts until the returned function is called. What is added last comes first where keys are equal. */
export function addScope(scope: Scope): () => void {
  if (scopes.length === 0) document.addEventListener("keydown", onKeyDown);
  scopes = [...scopes, scope];
  return () => {
    scopes = scopes.filter((other) => other !== scope);
    if (scopes.length > 0) return; // A part of the page that goes away does not break a sequence off.
    document.removeEventListener("keydown", onKeyDown);
    begun = undefined;
  };
}

/** All shortcuts that work now, by scope, for the help dialog. */
export function shortcutGroups(): readonly ShortcutGroup[] {
  const groups = new Map<string, Shortcut[]>();
  for (const { name, list } of scopes) groups.set(name, [...(groups.get(name) ?? []), ...list()]);
  return [...groups].map(([scope, shortcuts]) => ({ scope, shortcuts }));
}

const switchListeners = new Set<() => void>();

/** Whether shortcuts of a single character work; kept on this device (WCAG 2.1.4). */
export function areSingleKeysOn(): boolean {
  try {
    return localStorage.getItem(storageKey) !== "off";
  } catch {
    return true; // storage is blocked: the default
  }
}

export function setSingleKeys(isOn: boolean): void {
  try {
    localStorage.setItem(storageKey, isOn ? "on" : "off");
  } catch {
    // Storage is blocked: nothing to keep it in, and nothing else depends on it.
  }
  for (const listener of switchListeners) listener();
}

export function onSingleKeysChange(listener: () => void): () => void {
  switchListeners.add(listener);
  return () => switchListeners.delete(listener);
}

const typing =
  "textarea, select, [contenteditable]:not([contenteditable='false']), input:not([type='checkbox'], [type='radio'], [type='button'], [type='submit'])";

/** Keys that mean something to the focused control itself stay with it. */
function belongsToControl(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof Element)) return false;
  if (target.closest(typing)) return true;
  if (event.key.startsWith("Arrow")) return target.matches("input[type='radio'], [role='menuitem']");
  return (
    (event.key === "Enter" || event.key === " ") && target.closest("a[href], button, summary, input") !== null
  );
}

/** While a modal question or a menu is open, the page behind it does not listen. */
function isCovered(): boolean {
  return document.querySelector("dialog[open]:modal, [popover='auto']:popover-open") !== null;
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || belongsToControl(event) || isCovered()) return;
  if (["Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
  const singleKeys = areSingleKeysOn();
  const active = scopes
    .flatMap(({ list }) => list())
    .filter(({ keys }) => singleKeys || !isSingleCharacter(keys));
  // By the times of the keys themselves: a page that is busy in between does not make the second one late.
  const first = begun && event.timeStamp - begun.timeStamp <= sequenceMs ? begun : undefined;
  begun = undefined;
  const match = matchKeys(
    active.map(({ keys }) => keys),
    first ? [first, event] : [event],
  );
  if (match.kind === "none" && first) {
    // Not the end of that sequence: the key counts by itself.
    onKeyDown(event);
    return;
  }
  if (match.kind === "none") return;
  event.preventDefault();
  if (match.kind === "wait") {
    if (event.repeat) return;
    begun = event;
    return;
  }
  const shortcut = active[match.index];
  if (!shortcut) return;
  if (event.repeat && !(shortcut.repeat ?? movement.has(shortcut.keys))) return;
  shortcut.run();
}
