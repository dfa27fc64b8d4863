import type { Zone } from "@/lib/domain/time";

const pad = (value: number) => String(value).padStart(2, "0");

/** An instant as the browser's date-and-time field writes it ("2026-11-24T14:02"), in the zone. */
export function toField(ms: number, zone: Zone): string {
  if (zone === "utc") return new Date(ms).toISOString().slice(0, 16);
  const at = new Date(ms);
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}T${pad(at.getHours())}:${pad(at.getMinutes())}`;
}

/** The instant of such a text; null when it is not one. */
export function fromField(text: string, zone: Zone): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text)) return null;
  // Without a zone at its end the text is local time; that is the language's own rule.
  const ms = Date.parse(zone === "utc" ? `${text}Z` : text);
  return Number.isNaN(ms) ? null : ms;
}

/** What is wrong with a range, in words; null when it can be used. */
export function rangeError(from: number | null, to: number | null): string | null {
  if (from === null || to === null) return "Enter both times in full.";
  return from < to ? null : "The end has to come after the start.";
}
