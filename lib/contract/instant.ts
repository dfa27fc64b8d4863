const pattern =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*([Zz]|[+-]\d{2}:?\d{2})?)?$/;

/**
 * Reads a date-time as the vendor writes it (RFC 3339; no, three or seven fraction digits; `Z` or an offset) and
 * returns it in `toISOString()` form. A missing offset means UTC: every time of this API is UTC, while JavaScript
 * would read it in the machine's own zone. .NET's "not set" (year 1) and anything impossible, such as 30 February, is null.
 */
export function parseInstant(text: string): string | null {
  const match = pattern.exec(text.trim());
  if (!match) return null;
  const [, year, month, day, hour = "00", minute = "00", second = "00", fraction = "", offset = "Z"] = match;
  if (year === "0001") return null;
  const milliseconds = fraction.slice(0, 3).padEnd(3, "0");
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}Z`;
  const localMs = Date.parse(local);
  // Date.parse rolls 30 February over into March; an instant that does not print as it was read did not exist.
  if (Number.isNaN(localMs) || new Date(localMs).toISOString() !== local) return null;
  if (offset === "Z" || offset === "z") return local;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2));
  const instant = new Date(localMs - (offset.startsWith("-") ? -minutes : minutes) * 60_000);
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString();
}
