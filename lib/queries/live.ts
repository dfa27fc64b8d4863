"use client";

import { createContext, useContext, useEffect, useEffectEvent, useState } from "react";
import type { LiveMessage, LiveState } from "@/lib/domain/live";

/** Who is signed in, by whatever tells people apart: tabs of the same person share one live stream. Null: each has its own. */
export const LivePerson = createContext<string | null>(null);

/**
 * Tells of what happens in the organisation for as long as the component is drawn, and says how the live stream stands (`since` is 0 before
 * it has begun). The first message is `resync`, once the stream is live: what was read before may have missed something, nothing after
 * it is. The code behind it is loaded on demand.
 */
export function useLiveFeed(org: string, listener: (message: LiveMessage) => void): LiveState {
  const person = useContext(LivePerson);
  const [state, setState] = useState<LiveState>({ kind: "connecting", since: 0 });
  const tell = useEffectEvent(listener);
  useEffect(() => {
    let isOver = false;
    let stop = () => undefined as void;
    import("@/lib/client/live/feeds").then(
      ({ follow }) => {
        if (!isOver) stop = follow(org, person, { onMessage: (message) => tell(message), onState: setState });
      },
      () => {
        if (!isOver) setState({ kind: "late", since: Date.now() });
      },
    );
    return () => {
      isOver = true;
      stop();
    };
  }, [org, person]);
  return state;
}
