import { createHash } from "node:crypto";
import type { SealedTokens } from "../http/sealed-token";
import type { Instant } from "../time/clock";

/** Where a page ended, for one stream: the next page begins below this incident. */
export interface PagePosition {
  readonly organisation: string;
  readonly workspaceId: string;
  readonly source: string;
  /** The last incident that was sent. */
  readonly at: Instant;
  readonly seq: number;
  /** The window as it stood at the first call, so that the walk neither slides nor meets newcomers. */
  readonly from: Instant;
  readonly to: Instant;
  /** Which filter the walk began with. */
  readonly filter: string;
}

type Packed = [string, string, string, number, number, number, number, string];
const purpose = "walk";

export function sealPosition(tokens: SealedTokens, position: PagePosition): string {
  const { organisation, workspaceId, source, at, seq, from, to, filter } = position;
  return tokens.seal(purpose, [
    organisation,
    workspaceId,
    source,
    at,
    seq,
    from,
    to,
    filter,
  ] satisfies Packed);
}

/** `null` for anything that `sealPosition` did not write. */
export function openPosition(tokens: SealedTokens, token: string): PagePosition | null {
  const value = tokens.open(purpose, token);
  if (value === null) return null;
  // Only `sealPosition` can have written what opens for this purpose, so the form is the one above.
  const [organisation, workspaceId, source, at, seq, from, to, filter] = value as Packed;
  return { organisation, workspaceId, source, at, seq, from, to, filter };
}

/** Names a filter: the same members in another order, and lists in another order, give the same name. */
export function filterName(filter: object): string {
  const canonical = Object.entries(filter)
    .filter(
      ([, value]) => value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0),
    )
    .map(([key, value]) => [key, Array.isArray(value) ? [...value].map(String).sort() : value] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(canonical)).digest("base64").slice(0, 16);
}
