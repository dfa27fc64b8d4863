import type { IncidentRow } from "@/lib/contract/shapes/incident";
import type { NamedWindow, ViewFilter, ViewWindow } from "./incident-view";

/**
 * A vendor's word for people: "LateralMovement" → "Lateral movement", "InaccurateData" → "Inaccurate data".
 * Abbreviations keep their letters ("CommandAndControl", "IPAddress" → "IP address"); text with blanks stays as it is.
 */
export function spellOut(word: string): string {
  if (/\s/.test(word)) return word;
  const parts = word.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g);
  if (parts === null || parts.join("") !== word) return word;
  return parts
    .map((part, index) => (index === 0 || /^[A-Z]{2,}$/.test(part) ? part : part.toLowerCase()))
    .join(" ");
}

/** The number people quote, or what stands for it where a source has none; null when there is neither. */
export function numberText(row: Pick<IncidentRow, "number" | "displayId">): string | null {
  return row.displayId ?? (row.number === null ? null : String(row.number));
}

/** Who works on it, by the best name there is; null for nobody. */
export function ownerName(row: Pick<IncidentRow, "user">): string | null {
  return row.user && (row.user.displayName ?? row.user.email ?? row.user.id);
}

/** A title, also where upstream sent none. */
export function titleText(row: Pick<IncidentRow, "title">): string {
  return row.title ?? "(no title)";
}

/** The last segment of an Azure resource id, which is the part that tells one rule from another. */
export function ruleName(ruleId: string): string {
  return ruleId.split("/").filter(Boolean).at(-1) ?? ruleId;
}

const windowWords: Record<NamedWindow, string> = {
  ThreeHours: "Last 3 hours",
  SixHours: "Last 6 hours",
  TwelveHours: "Last 12 hours",
  TwentyFourHours: "Last 24 hours",
  FourtyEightHours: "Last 48 hours",
  SevenDays: "Last 7 days",
  ThirtyDays: "Last 30 days",
};

/** A window as a label; `formatInstant` writes an instant in the viewer's zone. */
export function windowText(window: ViewWindow, formatInstant: (iso: string) => string): string {
  return window.type === "Custom"
    ? `${formatInstant(window.from)} – ${formatInstant(window.to)}`
    : windowWords[window.type];
}

/** What the list holds: "open", "closed", else "incidents". Goes after a number. */
export function kindOfWork(filter: ViewFilter): "open" | "closed" | "incidents" {
  const { statuses } = filter;
  if (statuses.length === 1 && statuses[0] === "Closed") return "closed";
  return statuses.length > 0 && !statuses.includes("Closed") ? "open" : "incidents";
}
