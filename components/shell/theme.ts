"use client";

import { useSyncExternalStore } from "react";
import { keepPreference } from "./preference-cookie";

export type Theme = "dark" | "light" | "system";

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What the attribute on <html> says; the server has put it there from the cookie. */
function current(): Theme {
  const value = document.documentElement.dataset.theme;
  return value === "light" || value === "system" ? value : "dark";
}

export function setTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  keepPreference("theme", theme);
  for (const listener of listeners) listener();
}

/** The chosen theme; null until the page is alive. */
export function useTheme(): Theme | null {
  return useSyncExternalStore<Theme | null>(subscribe, current, () => null);
}
