"use client";

import type { RefObject } from "react";
import { useShortcuts } from "@/components/shell/shortcuts";
import type { CursorMove } from "@/lib/domain/incident-view-cursor";

export interface QueueKeys {
  readonly isOpen: boolean;
  readonly onMove: (by: CursorMove) => void;
  readonly onOpen: () => void;
  /** Closes the drawer; without one, lets go of the cursor. */
  readonly onEscape: () => void;
  readonly onRefresh: () => void;
  readonly onApply: () => void;
}

/** The keys of the list. They work in the drawer, too; Home, End and the page keys scroll it while it is open. */
export function useQueueShortcuts(searchRef: RefObject<HTMLInputElement | null>, keys: QueueKeys): void {
  const { isOpen, onMove, onOpen, onEscape, onRefresh, onApply } = keys;
  const move = (by: CursorMove) => () => onMove(by);
  useShortcuts("Incident list", [
    { keys: "j", label: "Next incident", run: move("next") },
    { keys: "ArrowDown", label: "Next incident", run: move("next") },
    { keys: "k", label: "Previous incident", run: move("previous") },
    { keys: "ArrowUp", label: "Previous incident", run: move("previous") },
    { keys: "Enter", label: "Open the incident", run: onOpen },
    { keys: "o", label: "Open the incident", run: onOpen },
    { keys: "Escape", label: isOpen ? "Close the incident" : "Let go of the row", run: onEscape },
    ...(isOpen
      ? []
      : [
          { keys: "Home", label: "First incident", run: move("first") },
          { keys: "End", label: "Last incident", run: move("last") },
          { keys: "PageDown", label: "One screen down", run: move("pageDown"), repeat: true },
          { keys: "PageUp", label: "One screen up", run: move("pageUp"), repeat: true },
        ]),
    { keys: "/", label: "Search", run: () => toSearch(searchRef.current) },
    { keys: "r", label: "Read everything anew", run: onRefresh },
    { keys: ".", label: "Show what is new", run: onApply },
  ]);
}

/** Into the box with its text chosen, so that typing replaces it. */
function toSearch(box: HTMLInputElement | null): void {
  box?.focus();
  box?.select();
}
