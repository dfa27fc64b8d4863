"use client";

import { type PointerEvent, type RefObject, useLayoutEffect, useState } from "react";
import { clampWidth, startPx, widthAfterKey, widthRange } from "./drawer-width";

const storageKey = "watchfloor.drawer-width";

function storedWidth(): number {
  try {
    return clampWidth(Number(localStorage.getItem(storageKey)) || startPx);
  } catch {
    return startPx; // storage is blocked: the width it starts with
  }
}

function keepWidth(px: number): void {
  try {
    localStorage.setItem(storageKey, String(px));
  } catch {
    // Storage is blocked: the width holds until the page is left.
  }
}

/** The drawer's left edge: drag it, or move it by arrow keys. The width is kept on this device. */
export function DrawerEdge({ drawerRef }: { readonly drawerRef: RefObject<HTMLElement | null> }) {
  const [width, setWidth] = useState(startPx);
  const resize = (px: number) => {
    drawerRef.current?.style.setProperty("width", `${px}px`);
    setWidth(px);
  };
  useLayoutEffect(() => {
    const px = storedWidth();
    drawerRef.current?.style.setProperty("width", `${px}px`);
  }, [drawerRef]);
  const drag = (event: PointerEvent) => {
    const right = drawerRef.current?.getBoundingClientRect().right;
    if (right !== undefined && event.currentTarget.hasPointerCapture(event.pointerId))
      resize(clampWidth(right - event.clientX));
  };
  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the drawer"
      aria-valuemin={widthRange.min}
      aria-valuemax={widthRange.max}
      aria-valuenow={width}
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onPointerUp={() => keepWidth(width)}
      onKeyDown={(event) => {
        const next = widthAfterKey(event.key, drawerRef.current?.offsetWidth ?? width);
        if (next === null) return;
        event.preventDefault();
        event.stopPropagation();
        resize(next);
        keepWidth(next);
      }}
      className="absolute inset-y-0 -left-1 z-3 w-2 cursor-col-resize touch-none hover:bg-accent/40 max-md:hidden"
    />
  );
}
