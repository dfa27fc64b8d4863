const pattern =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*([Zz]|[+-]\d{2}:?\d{2})?)?$/;

/** The form nearly every time of this API has, and the reason for this second pattern: a walk brings them by the ten thousand. */
const usual =
  /^(?!0001)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|\+00:00)$/;

function toMilliseconds(fraction: string): string {
  return fraction.slice(0, 3).padEnd(3, "0");
}

/**
 * Reads a date-time as the vendor writes it (RFC 3339; no, three or seven fraction digits; `Z` or an offset) and
 * returns it in `toISOString()` form. A missing offset means UTC: every time of this API is UTC, while JavaScript
 * would read it in the machine's own zone. .NET's "not set" (year 1) and anything impossible, such as 30 February, is null.
 */
export function parseInstant(text: string): string | null {
  if (usual.test(text)) {
    const end = text.endsWith("Z") ? -1 : -6;
    return `${text.slice(0, 19)}.${toMilliseconds(text.slice(20, end))}Z`;
  }
  const match = pattern.exec(text.trim());
  if (!match) return null;
  const [, year, month, day, hour = "00", minute = "00", second = "00", fraction = "", offset = "Z"] = match;
  if (year === "0001") return null;
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}.${toMilliseconds(fraction)}Z`;
  const localMs = Date.parse(local);
  // Date.parse rolls 30 February over into March; an instant that does not print as it was read did not exist.
  if (Number.isNaN(localMs) || new Date(localMs).toISOString() !== local) return null;
  if (offset === "Z" || offset === "z") return local;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2));
  const instant = new Date(localMs - (offset.startsWith("-") ? -minutes : minutes) * 60_000);
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString();
}
