/** IMF-fixdate, the form that HTTP asks senders to use. `Date.parse` alone would take far too much for a date. */
const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * Reads a `Retry-After` header: seconds or an HTTP-date.
 * Returns milliseconds from now (0 for "now" and for a date that has passed), or null when it says nothing usable.
 */
export function retryAfterMs(header: string | null, wallNow: number): number | null {
  const text = header?.trim() ?? "";
  if (/^\d{1,15}$/.test(text)) return Number(text) * 1000;
  if (!HTTP_DATE.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - wallNow);
}
