import type { IncidentRow } from "@/lib/contract/shapes/incident";
import { fold } from "./fold";
import { entityKeysOf } from "./incident-entities";

/*
 * Pins: parts of a text search that name one thing exactly, such as `rule:"4711"` or `entity:"host:srv-9"`. Only the server reads them;
 * to the browser they are words of the search, so that a list of them has an address, a name and a place among the views as any other.
 */

export const pinKinds = ["title", "rule", "entity"] as const;
export type PinKind = (typeof pinKinds)[number];

export interface Pin {
  readonly kind: PinKind;
  /** A title, a rule's id, or the `kind:value` of an entity. */
  readonly value: string;
}

/** The longest text that every way of searching takes. */
const longestPin = 500;

/** Blanks that a text in an address would lose, and the signs that have a meaning here. */
const fragile = /["%]|[^\S ]|^ +| +$| {2,}/g;

/** The pin as a text to search for; null when it would be too long for one. */
export function printPin({ kind, value }: Pin): string | null {
  const safe = value.replace(fragile, encodeURIComponent);
  const text = `${kind}:"${safe}"`;
  return text.length > longestPin || value === "" ? null : text;
}

const written = /(?:^|\s)(title|rule|entity):"([^"]+)"(?=\s|$)/g;

/** A text search taken apart: what is named exactly, and the words that remain. */
export function parsePins(text: string): { readonly pins: readonly Pin[]; readonly words: string } {
  const pins: Pin[] = [];
  const words = text.replace(written, (_all, kind: PinKind, value: string) => {
    pins.push({ kind, value: decoded(value) });
    return " ";
  });
  return { pins, words: words.trim().replace(/\s+/g, " ") };
}

function decoded(value: string): string {
  try {
    return value.replace(/(?:%[\dA-F]{2})+/gi, decodeURIComponent);
  } catch {
    return value;
  }
}

/** Whether an incident is one of those that all the pins name; null where there is no pin. */
export function pinTest(text: string): ((row: IncidentRow) => boolean) | null {
  const { pins } = parsePins(text);
  if (pins.length === 0) return null;
  const tests: Record<PinKind, (row: IncidentRow, value: string) => boolean> = {
    title: (row, value) => row.title !== null && fold(row.title) === fold(value),
    rule: (row, value) => row.ruleIds.includes(value),
    entity: (row, value) => entityKeysOf(row).includes(value.toLowerCase()),
  };
  return (row) => pins.every(({ kind, value }) => tests[kind](row, value));
}
