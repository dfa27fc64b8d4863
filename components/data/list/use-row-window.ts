"use client";

import { type RefObject, startTransition, useCallback, useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { fillPlaces, isCovered, type Place, type RowWindows, windowsOf } from "./row-window";

export interface RowWindowControl {
  /** The rows to draw, in the order of their elements. */
  readonly places: readonly Place[];
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

/** Milliseconds without a change after which a list rests. */
const restMs = 150;

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
  const shown = windowsOf(view.top, view.height, rowPx, total);
  const places = usePlaces(shown, view, rowPx, total);
  const onScroll = useCallback(() => {
    const element = scrollerRef.current;
    const place = placeOf(element);
    if (element === null) return place;
    const next = windowsOf(place.top, place.height, rowPx, total);
    const isDrawn = next.drawn.first === shown.drawn.first && isCovered(places, next.seen);
    // Drawn before the browser paints the scrolled position, else fast scrolling would show blank rows.
    if (!isDrawn) flushSync(() => setView({ ...place, width: element.clientWidth }));
    return place;
  }, [scrollerRef, rowPx, total, shown.drawn.first, places]);
  useEffect(() => {
    const element = scrollerRef.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setView({ ...placeOf(element), width: element.clientWidth }));
    observer.observe(element);
    return () => observer.disconnect();
  }, [scrollerRef]);
  return { places, widthPx: view.width, onScroll };
}

/**
 * The places, filled anew once for each view, row height and number of rows, and once more when these have stayed for a while:
 * then without haste, so that input in between goes first.
 */
function usePlaces(shown: RowWindows, view: View, rowPx: number, total: number): readonly Place[] {
  const [held, hold] = useState<Filled>({
    places: [],
    shown,
    view: null,
    rowPx,
    total,
    isResting: false,
  });
  const isSame = held.view === view && held.rowPx === rowPx && held.total === total;
  useEffect(() => {
    if (held.isResting) return;
    const rested = {
      ...held,
      isResting: true,
      places: fillPlaces(held.places, held.shown, held.total, true),
    };
    const rest = () => hold((now) => (now === held ? rested : now));
    const timer = setTimeout(() => startTransition(rest), restMs);
    return () => clearTimeout(timer);
  }, [held]);
  if (isSame) return held.places;
  const places = fillPlaces(held.places, shown, total, false);
  hold({ places, shown, view, rowPx, total, isResting: false });
  return places;
}

interface Filled {
  readonly places: readonly Place[];
  readonly shown: RowWindows;
  readonly view: View | null;
  readonly rowPx: number;
  readonly total: number;
  readonly isResting: boolean;
}
