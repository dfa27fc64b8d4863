"use client";

import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import type { ListHandle } from "@/components/data/list/list-grid";
import type { IncidentBoard } from "@/lib/queries/incident-board";

/** So long after its last movement a pointer over the list is at rest. */
const pointerRestMs = 5000;

export interface Hold {
  /** Tell when the list moved, or its size changed. */
  readonly onView: () => void;
  /** Tell when the pointer moves over the list. */
  readonly onPointer: () => void;
}

/**
 * While a person works on the list, rows in view keep their places: with a cursor or an open drawer, scrolled down, or
 * with the pointer moving over it. As soon as none of it is so, everything that waited takes its place.
 */
export function useHold(board: IncidentBoard, gridRef: RefObject<ListHandle | null>, isBusy: boolean): Hold {
  const [isPointing, setPointing] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const onView = useCallback(() => {
    const view = gridRef.current?.inView();
    if (view !== undefined) board.hold(isBusy || isPointing || view.first > 0 ? view.last + 1 : 0);
  }, [board, gridRef, isBusy, isPointing]);
  const onPointer = useCallback(() => {
    setPointing(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setPointing(false), pointerRestMs);
  }, []);
  useEffect(onView, [onView]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return { onView, onPointer };
}
