"use client";

import { useSyncExternalStore } from "react";

const never = () => () => undefined;
const read = () => (/Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl");

/** What the key is called that shortcuts write as "Mod": ⌘ on Apple's machines, Ctrl elsewhere. */
export function useModKey(): string {
  return useSyncExternalStore(never, read, () => "Ctrl");
}
