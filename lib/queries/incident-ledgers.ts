import type { QueryClient } from "@tanstack/react-query";
import { upstreamTest } from "@/lib/domain/incident-filter";
import { readingKey, type ViewFilter } from "@/lib/domain/incident-view";
import { keyOf } from "@/lib/domain/incident-view-arrange";
import { IncidentLedger } from "./incident-ledger";

/** As many filters stay in memory, the one looked at last first, so that going back shows its rows at once. */
const ledgersKept = 4;

const shelves = new WeakMap<QueryClient, Map<string, IncidentLedger>>();

/**
 * The ledger of a filter in this browser tab; the same one for as long as it is kept. A new one starts with the rows of
 * the last one that belong to the new filter as far as the rows themselves can tell, so that a changed filter does not
 * empty the screen; its first pass confirms or removes them.
 */
export function ledgerFor(client: QueryClient, org: string, filter: ViewFilter): IncidentLedger {
  const shelf = shelves.get(client) ?? new Map<string, IncidentLedger>();
  shelves.set(client, shelf);
  const key = JSON.stringify([org, readingKey(filter)]);
  const held = shelf.get(key) ?? new IncidentLedger(knownRows(shelf, org, filter));
  shelf.delete(key);
  shelf.set(key, held);
  for (const oldest of shelf.keys()) {
    if (shelf.size <= ledgersKept) break;
    shelf.delete(oldest);
  }
  return held;
}

function* knownRows(shelf: ReadonlyMap<string, IncidentLedger>, org: string, filter: ViewFilter) {
  const test = upstreamTest(filter, Date.now());
  const last = [...shelf.keys()].filter((key) => key.startsWith(`[${JSON.stringify(org)},`)).at(-1);
  const ledger = last === undefined ? undefined : shelf.get(last);
  if (test === null || ledger === undefined) return;
  for (const row of ledger.all()) if (test(row)) yield row;
}

/** A loaded row of the organisation by its key, from whichever filter brought it; undefined when none has. */
export function findLoadedRow(client: QueryClient, org: string, key: string) {
  const prefix = `[${JSON.stringify(org)},`;
  for (const [name, ledger] of shelves.get(client) ?? [])
    if (name.startsWith(prefix)) {
      const row = ledger.row(key);
      if (row !== undefined) return row;
    }
  return undefined;
}

/** Every row of the organisation that this browser tab has loaded, whichever filter brought it; once each. */
export function* loadedRows(client: QueryClient, org: string) {
  const prefix = `[${JSON.stringify(org)},`;
  const seen = new Set<string>();
  for (const [name, ledger] of shelves.get(client) ?? [])
    if (name.startsWith(prefix))
      for (const row of ledger.all()) {
        const key = keyOf(row);
        if (seen.has(key)) continue;
        seen.add(key);
        yield row;
      }
}
