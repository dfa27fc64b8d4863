"use client";

import type { RefObject } from "react";
import { type Shortcut, useShortcuts } from "@/components/shell/shortcuts";
import type { CursorMove } from "@/lib/domain/list-cursor";

export interface ListKeys {
  /** Heading in the help: "Incident list". */
  readonly group: string;
  /** What a row shows: "incident". */
  readonly noun: string;
  /** Something of the list is in the drawer. */
  readonly isOpen: boolean;
  readonly onMove: (by: CursorMove) => void;
  readonly onOpen: () => void;
  /** Closes the drawer; without one, lets go of the cursor. */
  readonly onEscape: () => void;
  readonly onRefresh: () => void;
  readonly searchRef?: RefObject<HTMLInputElement | null>;
  /** Keys of this list alone. */
  readonly more?: readonly Shortcut[];
}

/** The keys of a list. They work in the drawer, too; Home, End and the page keys scroll it while it is open. */
export function useListShortcuts(keys: ListKeys): void {
  const { group, noun, isOpen, onMove, onOpen, onEscape, onRefresh, searchRef, more = [] } = keys;
  const move = (by: CursorMove) => () => onMove(by);
  const open = `Open the ${noun}`;
  useShortcuts(group, [
    { keys: "j", label: `Next ${noun}`, run: move("next") },
    { keys: "ArrowDown", label: `Next ${noun}`, run: move("next") },
    { keys: "k", label: `Previous ${noun}`, run: move("previous") },
    { keys: "ArrowUp", label: `Previous ${noun}`, run: move("previous") },
    { keys: "Enter", label: open, run: onOpen },
    { keys: "o", label: open, run: onOpen },
    { keys: "Escape", label: isOpen ? `Close the ${noun}` : "Let go of the row", run: onEscape },
    ...(isOpen
      ? []
      : [
          { keys: "Home", label: `First ${noun}`, run: move("first") },
          { keys: "End", label: `Last ${noun}`, run: move("last") },
          { keys: "PageDown", label: "One screen down", run: move("pageDown"), repeat: true },
          { keys: "PageUp", label: "One screen up", run: move("pageUp"), repeat: true },
        ]),
    ...(searchRef ? [{ keys: "/", label: "Search", run: () => toSearch(searchRef.current) }] : []),
    { keys: "r", label: "Refresh now", run: onRefresh },
    ...more,
  ]);
}

/** Into the box with its text chosen, so that typing replaces it. */
function toSearch(box: HTMLInputElement | null): void {
  box?.focus();
  box?.select();
}
