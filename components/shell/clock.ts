"use client";

import { createContext, useCallback, useContext, useSyncExternalStore } from "react";

interface Ticker {
  nowMs: number;
  readonly listeners: Set<() => void>;
  timer: ReturnType<typeof setInterval> | undefined;
}

const tickers = new Map<number, Ticker>();

function tickerOf(intervalMs: number): Ticker {
  const known = tickers.get(intervalMs);
  if (known) return known;
  const made: Ticker = { nowMs: Date.now(), listeners: new Set(), timer: undefined };
  tickers.set(intervalMs, made);
  return made;
}

function tick(ticker: Ticker): void {
  // A hidden page draws nothing; it catches up at once when it is seen again.
  if (document.visibilityState === "hidden") return;
  ticker.nowMs = Date.now();
  for (const listener of ticker.listeners) listener();
}

function subscribe(ticker: Ticker, intervalMs: number, listener: () => void): () => void {
  const onVisible = () => tick(ticker);
  if (ticker.listeners.size === 0) {
    ticker.nowMs = Date.now();
    ticker.timer = setInterval(() => tick(ticker), intervalMs);
  }
  ticker.listeners.add(listener);
  document.addEventListener("visibilitychange", onVisible);
  return () => {
    document.removeEventListener("visibilitychange", onVisible);
    ticker.listeners.delete(listener);
    if (ticker.listeners.size === 0) clearInterval(ticker.timer);
  };
}

/** When the server drew the page, in milliseconds: the first drawing in the browser must say the same. */
export const RenderedAt = createContext(0);

/** The time now in milliseconds, ticking with every user of the same interval together, and not while hidden. */
export function useClock(intervalMs: number): number {
  const renderedAt = useContext(RenderedAt);
  const ticker = tickerOf(intervalMs);
  const join = useCallback(
    (listener: () => void) => subscribe(ticker, intervalMs, listener),
    [ticker, intervalMs],
  );
  return useSyncExternalStore(
    join,
    () => ticker.nowMs,
    () => renderedAt,
  );
}
