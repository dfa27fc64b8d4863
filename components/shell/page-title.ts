"use client";

import { useEffect } from "react";
import { createSlot } from "./slot";

const slot = createSlot<string>();

/**
 * Sets the title in the top bar while the component is on the page. It is the page's only <h1>; headings within the
 * page start at <h2>. Pages of the rail need no call: their label is the title.
 */
export function usePageTitle(title: string): void {
  useEffect(() => {
    slot.set(title);
    return () => slot.set(null);
  }, [title]);
}

/** The title that the page on show has set, else null. */
export const useShownTitle = slot.useValue;
