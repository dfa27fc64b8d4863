"use client";

import { type ReactNode, type RefObject, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { cx } from "./class-names";
import { type Align, placeOverlay } from "./place-overlay";

/** What a trigger must spread on its button. */
export interface TriggerProps {
  readonly popoverTarget: string;
  readonly "aria-expanded": boolean;
  readonly "aria-haspopup": "dialog" | "menu";
}

export interface PopoverProps {
  /** What it holds, spoken when it opens. */
  readonly label: string;
  readonly trigger: (props: TriggerProps) => ReactNode;
  /** Drawn only while it is open. The function form gets a way to close it. */
  readonly children: ReactNode | ((close: () => void) => ReactNode);
  readonly align?: Align;
  readonly role?: "dialog" | "menu";
  readonly className?: string;
  readonly onOpenChange?: (isOpen: boolean) => void;
}

const focusable =
  "[data-autofocus], a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex='0']";

/**
 * An overlay that hangs on a button. Built on the platform's popover: top layer, Esc, a click outside, and focus
 * back to the button come from the browser and cost no script.
 */
export function Popover({
  label,
  trigger,
  children,
  align = "start",
  role = "dialog",
  className,
  onOpenChange,
}: PopoverProps) {
  const id = useId();
  const element = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  usePlacement(element, id, align, isOpen);
  const change = (next: boolean) => {
    setOpen(next);
    onOpenChange?.(next);
  };
  const close = () => document.getElementById(id)?.hidePopover();
  return (
    <>
      {trigger({ popoverTarget: id, "aria-expanded": isOpen, "aria-haspopup": role })}
      <div
        ref={element}
        id={id}
        popover="auto"
        role={role}
        aria-label={label}
        onBeforeToggle={(event) => {
          if (event.newState === "open") change(true);
        }}
        // Not before: the browser gives the focus back only while what has it is still in the page.
        onToggle={(event) => {
          if (event.newState === "closed") change(false);
        }}
        className={cx("overlay inset-auto overflow-y-auto overscroll-contain text-left", className)}
      >
        {isOpen ? (typeof children === "function" ? children(close) : children) : null}
      </div>
    </>
  );
}

/** Keeps an open overlay at its trigger and puts the focus into it once. */
function usePlacement(
  element: RefObject<HTMLDivElement | null>,
  id: string,
  align: Align,
  isOpen: boolean,
): void {
  useLayoutEffect(() => {
    if (!isOpen) return;
    const overlay = element.current;
    const button = document.querySelector(`[popovertarget="${CSS.escape(id)}"]`);
    if (!overlay || !button) return;
    const place = () => {
      overlay.style.maxHeight = "";
      const viewport = { width: document.documentElement.clientWidth, height: window.innerHeight };
      const size = { width: overlay.offsetWidth, height: overlay.offsetHeight };
      const at = placeOverlay(button.getBoundingClientRect(), size, viewport, align);
      overlay.style.left = `${at.left}px`;
      overlay.style.top = `${at.top}px`;
      overlay.style.maxHeight = `${at.maxHeight}px`;
    };
    // The browser shows the overlay right after the event that opened it; sizes exist from the next frame on.
    let frame = requestAnimationFrame(place);
    const later = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(place);
    };
    const sizes = new ResizeObserver(later);
    sizes.observe(overlay);
    addEventListener("resize", later);
    addEventListener("scroll", later, { capture: true, passive: true });
    return () => {
      cancelAnimationFrame(frame);
      sizes.disconnect();
      removeEventListener("resize", later);
      removeEventListener("scroll", later, { capture: true });
    };
  }, [element, id, align, isOpen]);

  useEffect(() => {
    if (!isOpen) return;
    const frame = requestAnimationFrame(() => {
      const overlay = element.current;
      const first =
        overlay?.querySelector<HTMLElement>("[data-autofocus]") ??
        overlay?.querySelector<HTMLElement>(focusable);
      first?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [element, isOpen]);
}
