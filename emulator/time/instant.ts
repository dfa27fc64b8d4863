import type { Instant } from "./clock";

export const secondMs = 1000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** The vendor's form in `meta.timestamp`: seven fraction digits and a numeric offset. */
export function vendorTimestamp(at: Instant): string {
  return new Date(at).toISOString().replace("Z", "0000+00:00");
}

/** The forms of a date-time that the vendor's documentation shows side by side; a client must read them all. */
const forms: readonly ((at: Instant) => string)[] = [
  vendorTimestamp,
  (at) => new Date(at).toISOString().replace("Z", "0000Z"),
  (at) => new Date(at).toISOString(),
  (at) => `${new Date(at).toISOString().slice(0, 19)}Z`,
];

/** A date-time in the form with this number; the form without fraction cuts the milliseconds off. */
export function dateTime(at: Instant, form: number): string {
  return (forms[form % forms.length] ?? vendorTimestamp)(at);
}

/** Reads an ISO 8601 date-time with offset; `null` when it is none. */
export function parseInstant(text: string): Instant | null {
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/i.test(text)) return null;
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/i.test(text) || !text.includes("T");
  const at = Date.parse(hasZone ? text : `${text}Z`);
  return Number.isNaN(at) ? null : at;
}
