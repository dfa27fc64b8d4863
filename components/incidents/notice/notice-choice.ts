"use client";

import { useSyncExternalStore } from "react";
import { openWorkKey } from "@/lib/domain/incident-view";

/** How a new High incident of a view is told of; "" is not at all. */
export type NoticeChoice = "" | "sound" | "desktop" | "both";

/**
 * Kept on this device and not with the view: whether a machine may make a sound belongs to the room that it stands in, and whether it
 * may show notices is said to its browser.
 */
const storageKey = (org: string, saved: string | null) => `watchfloor.notices.${org}.${saved ?? openWorkKey}`;

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

/** @param saved key of the view in force; null where that is open work */
export function useNoticeChoice(org: string, saved: string | null): NoticeChoice {
  const read = () => {
    try {
      return (localStorage.getItem(storageKey(org, saved)) ?? "") as NoticeChoice;
    } catch {
      return ""; // Storage is blocked: the default, which is silence.
    }
  };
  return useSyncExternalStore(subscribe, read, () => "");
}

/** False where the browser keeps nothing. */
export function setNoticeChoice(org: string, saved: string | null, choice: NoticeChoice): boolean {
  try {
    if (choice === "") localStorage.removeItem(storageKey(org, saved));
    else localStorage.setItem(storageKey(org, saved), choice);
  } catch {
    return false;
  }
  for (const listener of listeners) listener();
  return true;
}
