import { describe, expect, it } from "vitest";
import { dark, darkHues, light, lightHues, type Palette } from "@/tailwind.config";
import { hueCount, workspaceHue, workspaceInitials } from "./workspace-hue";

/** WCAG 2.2 contrast of two #RRGGBB colours. */
function contrast(a: string, b: string): number {
  const luminance = (hex: string) => {
    const [r = 0, g = 0, blue = 0] = [1, 3, 5].map((at) => {
      const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * blue;
  };
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** OKLCH hue in degrees of a #RRGGBB colour. */
function hueOf(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const x = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const y = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return ((Math.atan2(y, x) * 180) / Math.PI + 360) % 360;
}

const apart = (a: number, b: number) => Math.min(Math.abs(a - b), 360 - Math.abs(a - b));

const themes: readonly [string, Palette, readonly (readonly [string, string])[]][] = [
  ["dark", dark, darkHues],
  ["light", light, lightHues],
];

describe.each(themes)("contrast, %s theme (WCAG 1.4.3 and 1.4.11)", (_, palette, hues) => {
  const grounds = [palette.page, palette.panel, palette.raised];

  it.each(["strong", "normal", "quiet", "accent", "danger"] as const)(
    "%s text is readable on each ground",
    (ink) => {
      for (const ground of grounds) expect(contrast(palette[ink], ground)).toBeGreaterThanOrEqual(4.5);
    },
  );

  it("text on filled controls is readable, also under the pointer", () => {
    expect(contrast(palette["on-accent"], palette["accent-solid"])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(palette["on-accent"], palette["accent-hover"])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(palette["on-danger"], palette.danger)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(palette.accent, palette["accent-ground"])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(palette.strong, palette["accent-ground"])).toBeGreaterThanOrEqual(4.5);
  });

  it("severities are seen on each ground, and readable as text on page and panel", () => {
    for (const level of ["high", "medium", "low", "informational"] as const) {
      const ink = palette[`severity-${level}`];
      for (const ground of grounds) expect(contrast(ink, ground)).toBeGreaterThanOrEqual(3);
      expect(contrast(ink, palette.page)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(ink, palette.panel)).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("lines by which a control is recognised are seen on each ground", () => {
    for (const ground of grounds) expect(contrast(palette.edge, ground)).toBeGreaterThanOrEqual(3);
  });

  it("each workspace hue is readable on its own ground and on each ground of the page", () => {
    for (const [ink, own] of hues)
      for (const ground of [own, ...grounds]) expect(contrast(ink, ground)).toBeGreaterThanOrEqual(4.5);
  });

  it("no workspace looks like a severity or the accent", () => {
    const taken = [
      palette["severity-high"],
      palette["severity-medium"],
      palette["severity-low"],
      palette.accent,
    ];
    for (const [ink] of hues)
      for (const other of taken) expect(apart(hueOf(ink), hueOf(other))).toBeGreaterThan(13);
  });
});

describe("workspaceHue: a workspace keeps its hue everywhere", () => {
  it("does not depend on case and stays as it was", () => {
    const id = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
    expect(workspaceHue(id.toUpperCase())).toBe(workspaceHue(id));
    expect(workspaceHue(id)).toBe(1);
  });

  it("spreads ids that differ in one place over all hues", () => {
    const ids = Array.from(
      { length: 240 },
      (_, n) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, "0")}`,
    );
    const counts = new Map<number, number>();
    for (const id of ids) counts.set(workspaceHue(id), (counts.get(workspaceHue(id)) ?? 0) + 1);
    expect(counts.size).toBe(hueCount);
    expect(Math.max(...counts.values())).toBeLessThan(60);
  });
});

describe("workspaceInitials", () => {
  it.each([
    ["Contoso", "CO"],
    ["Adventure Works Cycles", "AW"],
    ["  lab-7 (test)", "L7"],
    ["Ö", "Ö"],
    ["", "3F"],
    [null, "3F"],
    ["***", "3F"],
  ])("%s gives %s", (name, initials) => {
    expect(workspaceInitials(name, "3f2504e0-4f89-41d3-9a0c-0305e82c3301")).toBe(initials);
  });
});
