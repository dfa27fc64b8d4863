import "server-only";
import type { IncidentQuery } from "@/lib/domain/incident-query";
import type { LiveEvent } from "@/lib/domain/live";
import type { ListChanges } from "@/lib/domain/register";
import type { Tx } from "@/lib/server/db/database";
import { eventsAfter } from "@/lib/server/live/log";
import { keyText, type RegisterKey } from "./incident-columns";
import { type Asker, named, readAmong, readFigures } from "./query";

/** After more than these the list is read anew, which costs less. */
const mostEvents = 5_000;
const mostChanged = 1_000;

/**
 * What became of a list since a place in the event log: rows that match and have arrived or changed since, and incidents that changed and do
 * not match. Null where that cannot be told and the list has to be read anew.
 * @param after the number that the list, or the last question for changes, was answered with
 */
export async function readChanges(
  tx: Tx,
  query: IncidentQuery,
  asker: Asker,
  after: number,
): Promise<(Omit<ListChanges, "position" | "mustReload"> & { readonly head: number }) | null> {
  const slice = await eventsAfter(tx, after, { scope: asker.scope, limit: mostEvents });
  if (slice === null || !slice.isAll) return null;
  const keys = changedKeys(slice.events);
  if (keys.length > mostChanged) return null;
  const found = await readAmong(tx, query, asker.scope, keys);
  const { figures, names } = await readFigures(tx, query, asker);
  const matching = new Set(found.map(keyText));
  return {
    rows: found.map(({ incident }) => named(incident, names)),
    left: keys.filter((key) => !matching.has(keyText(key))),
    ...figures,
    head: slice.upTo,
  };
}

function changedKeys(events: readonly LiveEvent[]): readonly RegisterKey[] {
  const keys = new Map<string, RegisterKey>();
  for (const event of events) {
    if (event.topic !== "incident") continue;
    const { workspaceId, source, incidentId } = event;
    keys.set(keyText({ workspaceId, source, incidentId }), { workspaceId, source, incidentId });
  }
  return [...keys.values()];
}
