"use client";

import { useEffect } from "react";

/** Puts a title into the browser's tab while it is not null, and the page's own back afterwards. */
export function useTabTitle(title: string | null): void {
  useEffect(() => {
    if (title === null) return;
    const before = document.title;
    document.title = `${title} · Watchfloor`;
    return () => {
      document.title = before;
    };
  }, [title]);
}
