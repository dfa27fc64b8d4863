import "server-only";
import { withOrganisation } from "@/lib/server/db/organisation";
import { processWide } from "@/lib/server/process-wide";
import { ownNames } from "@/lib/server/workspaces";

/** Names of ours by lower-case workspace id. */
export type OwnNames = ReadonlyMap<string, string>;

interface Held {
  readonly atMs: number;
  readonly names: Promise<OwnNames>;
}

/** So long a new name may take to stand in what passes through: as long as a caller is remembered for. */
const freshMs = 2_000;
const held = processWide("own-names", () => new Map<string, Held>());

/** The names that people of an organisation gave, read at most every two seconds. */
export function ownNamesOf(organisationId: string): Promise<OwnNames> {
  const known = held.get(organisationId);
  if (known && Date.now() - known.atMs < freshMs) return known.names;
  const names = withOrganisation(organisationId, ownNames);
  const next = { atMs: Date.now(), names };
  held.set(organisationId, next);
  // What could not be read is asked for again by the next call.
  names.catch(() => {
    if (held.get(organisationId) === next) held.delete(organisationId);
  });
  return names;
}

/** Further in there is nothing that names a workspace. */
const deepest = 8;
/** Upstream's reply as it came stays as it came. */
const untouched = "raw";

/**
 * An answer in which each workspace that stands there by id and name is called what people here call it. `answer` may be shared with
 * other callers: what changes is made anew.
 */
export function withOwnNames(answer: unknown, names: OwnNames, depth = 0): unknown {
  if (names.size === 0 || depth > deepest || typeof answer !== "object" || answer === null) return answer;
  if (Array.isArray(answer)) {
    const list: readonly unknown[] = answer;
    const next = list.map((each) => withOwnNames(each, names, depth + 1));
    return next.some((each, index) => each !== list[index]) ? next : answer;
  }
  const changed: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(answer)) {
    const next = key === untouched ? value : withOwnNames(value, names, depth + 1);
    if (next !== value) changed[key] = next;
  }
  if ("workspaceName" in answer && "workspaceId" in answer && typeof answer.workspaceId === "string") {
    const name = names.get(answer.workspaceId.toLowerCase());
    if (name !== undefined && name !== answer.workspaceName) changed.workspaceName = name;
  }
  return Object.keys(changed).length === 0 ? answer : { ...answer, ...changed };
}
