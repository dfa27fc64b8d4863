/**
 * The partition key from an address. It must go back to upstream character by character; the one change is undoing what a query string
 * does to a plus sign that nobody encoded (`…+00:00` in a link typed by hand reads as `… 00:00`). Null: not a date-time.
 */
export function readPartitionKey(text: string | null): string | null {
  if (text === null) return null;
  const restored = text.replace(/ (\d{2}:?\d{2})$/, "+$1");
  return /^\d{4}-\d{2}-\d{2}[Tt][\d:.]+(?:[Zz]|[+-]\d{2}:?\d{2})?$/.test(restored) ? restored : null;
}
