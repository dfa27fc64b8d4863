export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export type Align = "start" | "center" | "end";

const gapPx = 4;
const marginPx = 8;

const clamp = (value: number, min: number, max: number) => Math.max(min, Math.min(value, max));

/**
 * Where an overlay goes, in CSS pixels of the viewport: under its trigger, above it when there is more room there,
 * never over an edge. `maxHeight` is what fits on the chosen side; the overlay scrolls beyond it.
 */
export function placeOverlay(trigger: Box, overlay: Size, viewport: Size, align: Align = "start") {
  const below = viewport.height - (trigger.top + trigger.height) - gapPx - marginPx;
  const above = trigger.top - gapPx - marginPx;
  const isBelow = overlay.height <= below || below >= above;
  const maxHeight = Math.max(0, isBelow ? below : above);
  const height = Math.min(overlay.height, maxHeight);
  const top = isBelow ? trigger.top + trigger.height + gapPx : trigger.top - gapPx - height;
  const slack = trigger.width - overlay.width;
  const shift = align === "start" ? 0 : align === "end" ? slack : slack / 2;
  const lastLeft = Math.max(marginPx, viewport.width - overlay.width - marginPx);
  return { left: clamp(trigger.left + shift, marginPx, lastLeft), top, maxHeight };
}
