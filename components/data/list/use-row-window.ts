"use client";

import { type RefObject, useCallback, useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { type RowWindow, windowOf } from "./row-window";

export interface RowWindowControl extends RowWindow {
  /** Width of the scrolling element in CSS pixels; before it is known, wider than any limit. */
  readonly widthPx: number;
  /** Draws what has come into view. Answers where the list stands, as it was read before that. */
  readonly onScroll: () => ScrollPlace;
}

/** Where a scrolling element stands, in CSS pixels. */
export interface ScrollPlace {
  readonly top: number;
  readonly height: number;
}

interface View extends ScrollPlace {
  readonly width: number;
}

/** Asks the element itself, which is laid out first when something in it has changed. */
export function placeOf(element: HTMLElement | null): ScrollPlace {
  return { top: element?.scrollTop ?? 0, height: element?.clientHeight ?? 0 };
}

const unknown: View = { top: 0, height: 0, width: Number.POSITIVE_INFINITY };

/**
 * The rows of a virtual list to draw, as it scrolls and changes its size. Rows are equally high, so this is a division;
 * a library that measures rows would cost the page ten kilobytes for the same answer.
 * @param rowPxAt height of a row, which may depend on the width of the list
 */
export function useRowWindow(
  scrollerRef: RefObject<HTMLElement | null>,
  total: number,
  rowPxAt: (widthPx: number) => number,
): RowWindowControl {
  const [view, setView] = useState(unknown);
  const rowPx = rowPxAt(view.width);
  const shown = windowOf(view.top, view.height, rowPx, total);
  const onScroll = useCallback(() => {
    const element = scrollerRef.current;
    const place = placeOf(element);
    if (element === null) return place;
    const next = { ...place, width: element.clientWidth };
    const isSame = windowOf(next.top, next.height, rowPx, total).first === shown.first;
    // Drawn before the browser paints the scrolled position, else fast scrolling would show blank rows.
    if (!isSame) flushSync(() => setView(next));
    return place;
  }, [scrollerRef, rowPx, total, shown.first]);
  useEffect(() => {
    const element = scrollerRef.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setView({ ...placeOf(element), width: element.clientWidth }));
    observer.observe(element);
    return () => observer.disconnect();
  }, [scrollerRef]);
  return { ...shown, widthPx: view.width, onScroll };
}
