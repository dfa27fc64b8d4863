"use client";

import { useEffect, useLayoutEffect, useRef, useSyncExternalStore } from "react";
import { addScope, areSingleKeysOn, onSingleKeysChange, type Shortcut } from "./shortcut-registry";

export type { Shortcut } from "./shortcut-registry";

/**
 * Shortcuts that work while the component is on the page. They are dead inside fields and under an open dialog or
 * menu, and those of a single character can be switched off by the person. The scope name heads them in the help
 * dialog, such as "Incident list".
 */
export function useShortcuts(scopeName: string, shortcuts: readonly Shortcut[]): void {
  const current = useRef(shortcuts);
  useLayoutEffect(() => {
    current.current = shortcuts;
  });
  useEffect(() => addScope({ name: scopeName, list: () => current.current }), [scopeName]);
}

/** Whether single-character shortcuts are on, for hints that name such a key. */
export function useSingleKeys(): boolean {
  return useSyncExternalStore(onSingleKeysChange, areSingleKeysOn, () => true);
}
