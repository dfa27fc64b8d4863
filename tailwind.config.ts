// Types only: screens import numbers from here, and no build tool may follow them to the browser.
import type { Config } from "tailwindcss";
import type { PluginAPI } from "tailwindcss/plugin";

/**
 * The one home of the look: colours per theme, type sizes, rows, radii, shadow, motion.
 * Colours become CSS variables (`--page`, `--severity-high`, …), so that a theme is one attribute on <html>.
 * Contrast of each pair that is used is tested in `components/ui/tokens.test.ts`.
 */
export interface Palette {
  readonly page: string;
  readonly panel: string;
  readonly raised: string;
  /** Lines that only separate. */
  readonly line: string;
  /** Lines that a control is recognised by: 3:1 against every ground. */
  readonly edge: string;
  readonly strong: string;
  readonly normal: string;
  readonly quiet: string;
  /** Focus, selection, links. */
  readonly accent: string;
  /** Fill of the primary action; `on-accent` is the text on it. */
  readonly "accent-solid": string;
  readonly "accent-hover": string;
  readonly "on-accent": string;
  readonly "accent-ground": string;
  readonly danger: string;
  readonly "on-danger": string;
  readonly "severity-high": string;
  readonly "severity-medium": string;
  readonly "severity-low": string;
  readonly "severity-informational": string;
  readonly scrim: string;
  readonly shadow: string;
}

export const dark: Palette = {
  page: "#0B0F14",
  panel: "#11161D",
  raised: "#171E27",
  line: "#232C38",
  edge: "#64717F",
  strong: "#F3F6F9",
  normal: "#C6CED8",
  quiet: "#909CAA",
  accent: "#9C97FF",
  "accent-solid": "#5A52E5",
  "accent-hover": "#6A63EE",
  "on-accent": "#FFFFFF",
  "accent-ground": "#1D1D3C",
  danger: "#FF5A4F",
  "on-danger": "#0B0F14",
  "severity-high": "#FF5A4F",
  "severity-medium": "#F2B134",
  "severity-low": "#5BB8F0",
  "severity-informational": "#A7AFB8",
  scrim: "rgb(3 5 8 / 0.66)",
  shadow: "0 1px 2px rgb(0 0 0 / 0.5), 0 12px 32px rgb(0 0 0 / 0.55)",
};

export const light: Palette = {
  page: "#FFFFFF",
  panel: "#F7F8FA",
  raised: "#EEF1F4",
  line: "#D9DEE5",
  edge: "#7C8794",
  strong: "#0D1218",
  normal: "#333C47",
  quiet: "#5A6472",
  accent: "#4B41D6",
  "accent-solid": "#4B41D6",
  "accent-hover": "#3C33BD",
  "on-accent": "#FFFFFF",
  "accent-ground": "#ECEBFD",
  danger: "#A40E26",
  "on-danger": "#FFFFFF",
  "severity-high": "#A40E26",
  "severity-medium": "#B35900",
  "severity-low": "#0969DA",
  "severity-informational": "#6B7280",
  scrim: "rgb(13 18 24 / 0.4)",
  shadow: "0 1px 2px rgb(13 18 24 / 0.12), 0 12px 32px rgb(13 18 24 / 0.18)",
};

/**
 * Twelve workspace hues as [ink, ground], outside the severity hues and the accent: OKLCH hue 100 to 212 and
 * 298 to 352, neighbours apart in lightness. Ink on its ground and on every page ground is ≥ 4.5:1.
 */
export const darkHues = [
  ["#E5D367", "#3A3308"],
  ["#ADBB53", "#2A2F06"],
  ["#B1E388", "#273917"],
  ["#73C881", "#133319"],
  ["#75ECBA", "#0C3C2A"],
  ["#2BCCB4", "#01342C"],
  ["#4AEBED", "#053B3B"],
  ["#15C6E1", "#043139"],
  ["#D7C7FE", "#372C4D"],
  ["#D197E9", "#37213F"],
  ["#FEB6EF", "#45263F"],
  ["#F08DBA", "#411E2E"],
] as const;

export const lightHues = [
  ["#463E04", "#ECE6C0"],
  ["#535B06", "#ECF3CE"],
  ["#284700", "#D8ECCA"],
  ["#13662B", "#D9F8DC"],
  ["#014932", "#C7F0DC"],
  ["#066357", "#CBFAF0"],
  ["#034747", "#BFF0EF"],
  ["#09606E", "#CFF7FF"],
  ["#462A73", "#E7DFFE"],
  ["#6F3D81", "#F8E8FE"],
  ["#601E56", "#FAD9F3"],
  ["#85345C", "#FDE8F0"],
] as const;

/** Height of a table row in CSS pixels, by density. The virtual list computes with the same numbers. */
export const rowHeightsPx = { compact: 28, normal: 36, comfortable: 48 } as const;

/** Width in CSS pixels from which the rail shows its labels. */
const wideFrom = "1600px";

type Hues = readonly (readonly [ink: string, ground: string])[];

function variables(palette: Palette, hues: Hues): Record<string, string> {
  const all = Object.entries(palette).map(([name, value]) => [`--${name}`, value]);
  const inks = hues.flatMap(([ink, ground], n) => [
    [`--hue-${n}-ink`, ink],
    [`--hue-${n}-ground`, ground],
  ]);
  return Object.fromEntries([...all, ...inks]);
}

const darkBase = { colorScheme: "dark", ...variables(dark, darkHues) };
const lightBase = { colorScheme: "light", ...variables(light, lightHues) };

const hueRules = Object.fromEntries(
  darkHues.map((_, n) => [
    `[data-hue="${n}"]`,
    { "--hue-ink": `var(--hue-${n}-ink)`, "--hue-ground": `var(--hue-${n}-ground)` },
  ]),
);

function themes({ addBase }: PluginAPI): void {
  addBase({
    ":root": darkBase,
    '[data-theme="light"]': lightBase,
    "@media (prefers-color-scheme: light)": { '[data-theme="system"]': lightBase },
    ...hueRules,
  });
}

const paletteColours = Object.fromEntries(
  Object.keys(dark)
    .filter((name) => name !== "shadow")
    .map((name) => [name, `var(--${name})`]),
);

const config: Config = {
  content: [],
  theme: {
    screens: { sm: "640px", md: "900px", lg: "1280px", xl: "1440px", wide: wideFrom },
    colors: {
      transparent: "transparent",
      current: "currentColor",
      ...paletteColours,
      // Set by the attribute data-hue="0…11" on the element itself or a parent.
      "hue-ink": "var(--hue-ink)",
      "hue-ground": "var(--hue-ground)",
    },
    fontFamily: {
      sans: ["var(--font-geist-sans)", "system-ui", "sans-serif"],
      mono: ["var(--font-geist-mono)", "ui-monospace", "monospace"],
    },
    fontSize: {
      12: ["0.75rem", { lineHeight: "1rem" }],
      13: ["0.8125rem", { lineHeight: "1.25rem" }],
      14: ["0.875rem", { lineHeight: "1.25rem" }],
      16: ["1rem", { lineHeight: "1.5rem" }],
      20: ["1.25rem", { lineHeight: "1.75rem", letterSpacing: "-0.01em" }],
      28: ["1.75rem", { lineHeight: "2.25rem", letterSpacing: "-0.02em" }],
    },
    borderRadius: { none: "0", mark: "3px", control: "6px", panel: "10px", full: "9999px" },
    boxShadow: { overlay: "var(--shadow)", none: "none" },
    transitionDuration: { DEFAULT: "120ms" },
    transitionTimingFunction: { DEFAULT: "ease-out" },
    extend: {
      height: {
        "row-compact": `${rowHeightsPx.compact}px`,
        "row-normal": `${rowHeightsPx.normal}px`,
        "row-comfortable": `${rowHeightsPx.comfortable}px`,
        top: "48px",
        status: "28px",
      },
      width: { rail: "48px", "rail-wide": "220px" },
    },
  },
  plugins: [themes],
};

export default config;
