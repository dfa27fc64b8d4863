"use client";

import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import type { ViewFilter } from "@/lib/domain/incident-view";
import { keyOf } from "@/lib/domain/incident-view-arrange";
import { HighArrivals } from "@/lib/queries/high-arrivals";
import type { IncidentLedger } from "@/lib/queries/incident-ledger";

export interface HighArrivalsControl {
  /** Nobody has seen them; oldest arrival first. */
  readonly unseen: readonly IncidentRow[];
  /** Says in every tab of this browser that they have been seen. */
  readonly acknowledge: (rows: readonly IncidentRow[]) => void;
}

/** What tabs of a browser tell each other, so that a notice which was seen in one is silent in all. */
const channelName = "watchfloor.notices.seen";

export function useHighArrivals(ledger: IncidentLedger, filter: ViewFilter): HighArrivalsControl {
  const arrivals = useMemo(() => new HighArrivals(ledger, filter), [ledger, filter]);
  const unseen = useSyncExternalStore(arrivals.subscribe, arrivals.getUnseen, arrivals.getUnseen);
  const channel = useRef<BroadcastChannel | null>(null);
  useEffect(() => {
    if (!("BroadcastChannel" in globalThis)) return;
    const opened = new BroadcastChannel(channelName);
    opened.onmessage = ({ data }: MessageEvent<readonly string[]>) => arrivals.acknowledge(new Set(data));
    channel.current = opened;
    return () => opened.close();
  }, [arrivals]);
  const acknowledge = useCallback(
    (rows: readonly IncidentRow[]) => {
      const keys = rows.map(keyOf);
      arrivals.acknowledge(new Set(keys));
      channel.current?.postMessage(keys);
    },
    [arrivals],
  );
  return { unseen, acknowledge };
}

/** True in one tab of the browser, which is the one that makes a sound; where tabs cannot agree, in each. */
export function useIsSpokesman(name: string): boolean {
  // Absent where the page is not served over https.
  const canAgree = Boolean(navigator.locks);
  const [isOne, setOne] = useState(!canAgree);
  useEffect(() => {
    if (!canAgree) return;
    const leave = new AbortController();
    const held = () =>
      new Promise<void>((resolve) => {
        setOne(true);
        leave.signal.addEventListener("abort", () => resolve(), { once: true });
      });
    // Ends with an error when it is left while it still waits.
    navigator.locks
      .request(`watchfloor.notices.${name}`, { signal: leave.signal }, held)
      .catch(() => undefined);
    return () => {
      leave.abort();
      setOne(false);
    };
  }, [name, canAgree]);
  return isOne;
}
