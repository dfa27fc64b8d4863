"use client";

import { useEffect, useRef } from "react";
import { placeOverlay } from "./place-overlay";

/** Milliseconds the pointer rests before a tip shows, and the tip stays on its way to the next target. */
const showAfterMs = 350;
const hideAfterMs = 120;
const tipId = "tip";

/**
 * Draws the one tip of the page, from listeners on the document. Put it once into the frame.
 *
 * A tip costs one attribute: anything with `data-tip="…"` has one, on hover and on keyboard focus, so a list may carry
 * thousands of them. With `data-tip-cut` it shows only while some words in it are cut off or hidden; with
 * `data-tip-side="right"` it stands beside. It never holds words that exist nowhere else for a screen reader.
 */
export function TooltipLayer() {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => (element.current ? watchTips(element.current) : undefined), []);
  return (
    <div
      ref={element}
      id={tipId}
      role="tooltip"
      popover="manual"
      className="overlay inset-auto max-w-80 rounded-control px-2 py-1 text-12 whitespace-pre-line text-strong"
    />
  );
}

const tipTarget = (target: EventTarget | null) =>
  target instanceof Element ? target.closest<HTMLElement>("[data-tip]") : null;

const isCut = (element: Element) => element.scrollWidth > element.clientWidth && element.clientWidth > 0;

/** Whether there is something to tell: not when the words can be read anyway, or what it names has opened. */
function isWanted(target: HTMLElement): boolean {
  if (!target.isConnected || target.getAttribute("aria-expanded") === "true") return false;
  if (target.dataset.tipCut === undefined) return true;
  return [target, ...target.querySelectorAll("*")].some(isCut);
}

function place(tip: HTMLElement, target: HTMLElement): void {
  const box = target.getBoundingClientRect();
  if (target.dataset.tipSide === "right") {
    tip.style.left = `${box.right + 6}px`;
    tip.style.top = `${box.top + (box.height - tip.offsetHeight) / 2}px`;
    return;
  }
  const viewport = { width: document.documentElement.clientWidth, height: window.innerHeight };
  const at = placeOverlay(box, { width: tip.offsetWidth, height: tip.offsetHeight }, viewport, "center");
  tip.style.left = `${at.left}px`;
  tip.style.top = `${at.top}px`;
}

/** Wires the tip up; returns what takes it down. */
function watchTips(tip: HTMLElement): () => void {
  let owner: HTMLElement | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const hide = () => {
    clearTimeout(timer);
    if (owner?.getAttribute("aria-describedby") === tipId) owner.removeAttribute("aria-describedby");
    owner = null;
    if (tip.matches(":popover-open")) tip.hidePopover();
  };
  const show = (target: HTMLElement) => {
    const words = target.dataset.tip;
    hide();
    if (!words || !isWanted(target)) return;
    owner = target;
    tip.textContent = words;
    tip.showPopover();
    place(tip, target);
    if (words !== target.getAttribute("aria-label") && !target.hasAttribute("aria-describedby"))
      target.setAttribute("aria-describedby", tipId);
  };
  const later = (work: () => void, ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(work, ms);
  };
  const onOver = (event: PointerEvent) => {
    if (event.pointerType === "touch") return;
    const target = tipTarget(event.target);
    if (event.target === tip || (target && target === owner)) clearTimeout(timer);
    else if (target) later(() => show(target), owner ? 0 : showAfterMs);
    else if (owner) later(hide, hideAfterMs);
    else clearTimeout(timer);
  };
  const onFocus = (event: FocusEvent) => {
    const target = tipTarget(event.target);
    if (target && event.target instanceof Element && event.target.matches(":focus-visible")) show(target);
    else hide();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Escape") hide();
  };
  const stop = new AbortController();
  const { signal } = stop;
  document.addEventListener("pointerover", onOver, { signal });
  document.addEventListener("focusin", onFocus, { signal });
  document.addEventListener("focusout", hide, { signal });
  document.addEventListener("keydown", onKey, { signal, capture: true });
  document.addEventListener("pointerdown", hide, { signal, capture: true });
  document.addEventListener("scroll", hide, { signal, capture: true, passive: true });
  return () => {
    hide();
    stop.abort();
  };
}
