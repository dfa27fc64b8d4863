"use client";

import { useEffect, useEffectEvent, useRef } from "react";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import { keyOf } from "@/lib/domain/incident-view-arrange";

/**
 * One notice of the desktop for each incident, as long as nobody has seen it and the browser allows notices. A click on it brings the
 * page to the front and opens the incident.
 */
export function useDesktopNotices(unseen: readonly IncidentRow[], onOpen: (row: IncidentRow) => void): void {
  const shown = useRef(new Map<string, Notification>());
  const open = useEffectEvent(onOpen);
  useEffect(() => {
    const wanted = new Set(unseen.map(keyOf));
    for (const [key, notice] of shown.current)
      if (!wanted.has(key)) {
        notice.close();
        shown.current.delete(key);
      }
    if (!("Notification" in globalThis) || Notification.permission !== "granted") return;
    for (const row of unseen) {
      const key = keyOf(row);
      if (shown.current.has(key)) continue;
      const notice = new Notification(`High: ${row.title ?? "(no title)"}`, {
        body: row.workspaceName ?? row.workspaceId,
        // The same incident is told of once, also by two windows.
        tag: key,
      });
      notice.onclick = () => {
        window.focus();
        open(row);
      };
      shown.current.set(key, notice);
    }
  }, [unseen]);
  useEffect(() => {
    const all = shown.current;
    return () => {
      for (const notice of all.values()) notice.close();
      all.clear();
    };
  }, []);
}
