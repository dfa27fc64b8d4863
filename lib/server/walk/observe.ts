import "server-only";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import type { LearnedFrom, Observations } from "../workspaces";
import { type PairState, spellSource, type WalkState } from "./state";
import type { NamedWorkspace, UpstreamPage } from "./upstream";

/** Everything that a reply tells about workspaces and their sources. */
export function observationsOf(page: Pick<UpstreamPage, "incidents" | "sourcePageTokens">): Observations {
  const pairs: { workspaceId: string; source: string }[] = [];
  const names = new Map<string, string | null>();
  for (const { workspaceId, sourceTokens } of page.sourcePageTokens) {
    names.set(workspaceId.toLowerCase(), null);
    for (const source of Object.keys(sourceTokens)) pairs.push({ workspaceId, source: spellSource(source) });
  }
  for (const { workspaceId, workspaceName, source } of page.incidents) {
    const id = workspaceId.toLowerCase();
    names.set(id, workspaceName ?? names.get(id) ?? null);
    pairs.push({ workspaceId, source: spellSource(source) });
  }
  const workspaces = [...names].map(([id, name]) => ({ id, name, from: "rows" as const }));
  return { workspaces, pairs, read: [] };
}

/** Workspaces that a reply about something else names. */
export function namedObservations(named: readonly NamedWorkspace[], from: LearnedFrom): Observations {
  const workspaces = named.map(({ workspaceId, name }) => ({ id: workspaceId, name, from }));
  return { workspaces, pairs: [], read: [] };
}

/** Takes names from rows into the books: where none is known, or where the known one came from rows as well. */
export function enterNames(
  state: WalkState,
  incidents: readonly Pick<IncidentRow, "workspaceId" | "workspaceName">[],
): ReadonlySet<string> {
  const renamed = new Set<string>();
  for (const { workspaceId, workspaceName } of incidents) {
    const id = workspaceId.toLowerCase();
    const held = state.names.get(id) ?? { name: null, isReplaceable: true };
    const isBetter = workspaceName !== null && (held.name === null || held.isReplaceable);
    if (!isBetter || held.name === workspaceName) continue;
    // Once per walk: sources of one workspace may spell its name differently.
    state.names.set(id, { name: workspaceName, isReplaceable: false });
    renamed.add(id);
  }
  return renamed;
}

/** What the books hold and the registry does not, marked as registered: the caller stores both in one transaction. */
export function takeUnregistered(state: WalkState, renamed: ReadonlySet<string>): Observations {
  const pairs: { workspaceId: string; source: string }[] = [];
  const ids = new Set(renamed);
  for (const pair of state.pairs.values()) {
    if (pair.isRegistered || pair.source === null || !(pair.appeared || pair.answers)) continue;
    pair.isRegistered = true;
    pairs.push({ workspaceId: pair.workspaceId, source: pair.source });
    ids.add(pair.workspaceId);
  }
  return { workspaces: [...ids].map((id) => observedName(state, id)), pairs, read: [] };
}

/** The pairs that a completed walk has read or found quiet. */
export function readPairs(state: WalkState): readonly { workspaceId: string; source: string }[] {
  const isRead = (pair: PairState) => pair.verdict === "read" || pair.verdict === "quiet";
  return [...state.pairs.values()].flatMap((pair) =>
    pair.source !== null && isRead(pair) ? [{ workspaceId: pair.workspaceId, source: pair.source }] : [],
  );
}

function observedName(state: WalkState, id: string) {
  return { id, name: state.names.get(id)?.name ?? null, from: "rows" as const };
}
