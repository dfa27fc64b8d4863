/** LOOK.md: the drawer is 560 to 760 px wide; `w-150` in its classes is the 600 it starts with. */
const minPx = 560;
const maxPx = 760;
export const startPx = 600;
const stepPx = 20;

export function clampWidth(px: number): number {
  return Math.round(Math.max(minPx, Math.min(px, maxPx)));
}

/** The width after a key on the drawer's edge; null for keys that mean nothing there. The edge is on the left. */
export function widthAfterKey(key: string, px: number): number | null {
  if (key === "ArrowLeft") return clampWidth(px + stepPx);
  if (key === "ArrowRight") return clampWidth(px - stepPx);
  if (key === "Home") return minPx;
  return key === "End" ? maxPx : null;
}

export const widthRange = { min: minPx, max: maxPx } as const;
