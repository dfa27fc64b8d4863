"use client";

import { type RefObject, useEffect, useRef } from "react";

/**
 * For the lines of a menu whose code or data come after it was opened, when the popover has found nothing to focus: focuses the chosen
 * line, else the first. Once more when `stage` changes, unless the person has moved on by then.
 */
export function useMenuFocus(stage: unknown): RefObject<HTMLDivElement | null> {
  const box = useRef<HTMLDivElement>(null);
  const given = useRef<Element | null>(null);
  useEffect(() => {
    const lines = box.current;
    const isMoved = lines?.contains(document.activeElement) && document.activeElement !== given.current;
    if (!lines || isMoved) return;
    const line = lines.querySelector<HTMLElement>("[data-autofocus]") ?? lines.querySelector("button");
    line?.focus();
    given.current = line;
  }, [stage]);
  return box;
}
