import { type Call, type HandlersOf, ok } from "../api/handler";
import { leftOutOf } from "../api/left-out";
import { gamebookOut, playbooksOut } from "../gamebooks/gamebook-out";
import { type Run, statusAt } from "../gamebooks/run";
import { rulesFor } from "../gamebooks/rules";
import { invalid, notFound } from "../http/problem";
import { findAnywhere } from "../incidents/lookup";
import { numberOf } from "../incidents/identity";
import { titleOf } from "../incidents/profile";

const historyPageSize = 20;
const acrossPageSize = 25;
const purpose = "gamebook history";

/** Searches the incident's title and number and the playbooks' names (a guess). */
function matches(run: Run, query: string | undefined): boolean {
  if (query === undefined) return true;
  const wanted = query.toLowerCase();
  return (
    titleOf(run.stream, run.stub).toLowerCase().includes(wanted) ||
    String(numberOf(run.stream, run.stub) ?? "").includes(wanted) ||
    run.playbooks.join(", ").toLowerCase().includes(wanted)
  );
}

type Position = [workspaceId: string, createdAt: number, id: string];

/** Index of the first run below the token's position. */
function startOf(call: Call<"gamebooks.history">, runs: readonly Run[]): number {
  const { pageToken } = call.query;
  if (pageToken === undefined) return 0;
  // What opens for this purpose was sealed below, so it is a position.
  const position = call.world.tokens.open(purpose, pageToken) as Position | null;
  if (position === null || position[0] !== call.workspace.id)
    throw invalid({ pageToken: ["The page token is not valid."] });
  const [, createdAt, id] = position;
  const start = runs.findIndex(
    (run) => run.createdAt < createdAt || (run.createdAt === createdAt && run.id > id),
  );
  return start < 0 ? runs.length : start;
}

function history(call: Call<"gamebooks.history">): Record<string, unknown> {
  const all = call.realm.gamebooks.ofWorkspaces([call.workspace], call.now);
  const runs = all.filter((run) => matches(run, call.query.query));
  const start = startOf(call, runs);
  const page = runs.slice(start, start + historyPageSize);
  const last = page[page.length - 1];
  const hasMore = start + historyPageSize < runs.length && last !== undefined;
  const position: Position | null = hasMore ? [call.workspace.id, last.createdAt, last.id] : null;
  return {
    gamebooks: page.map((run) => gamebookOut(run, call.now, "list")),
    pageToken: position === null ? null : call.world.tokens.seal(purpose, position),
    totalCount: runs.length,
  };
}

function words(text: string | undefined): ReadonlySet<string> | null {
  const list = (text ?? "").split(",").map((word) => word.trim().toLowerCase());
  const filled = list.filter((word) => word !== "");
  return filled.length === 0 ? null : new Set(filled);
}

function acrossHistory(call: Call<"gamebooks.acrossHistory">): Record<string, unknown> {
  const { currentPage, query } = call.query;
  if (currentPage < 1) throw invalid({ currentPage: ["The first page is 1."] });
  const workspaces = words(call.query.workspaces);
  const statuses = words(call.query.statuses);
  const leftOut = leftOutOf(call);
  const visible = call.visible
    .filter((workspace) => workspaces === null || workspaces.has(workspace.id))
    .filter((workspace) => !leftOut.workspace(workspace));
  const runs = call.realm.gamebooks
    .ofWorkspaces(visible, call.now)
    .filter((run) => statuses === null || statuses.has(statusAt(run, call.now).toLowerCase()))
    .filter((run) => matches(run, query));
  const totalPages = Math.ceil(runs.length / acrossPageSize);
  const page = runs.slice((currentPage - 1) * acrossPageSize, currentPage * acrossPageSize);
  return {
    items: page.map((run) => gamebookOut(run, call.now, "list")),
    currentPage,
    totalPages,
    pageSize: acrossPageSize,
    totalCount: runs.length,
    hasPreviousPage: currentPage > 1,
    hasNextPage: currentPage < totalPages,
  };
}

/** The year is a storage partition: a run is found under the UTC year of its creation only. */
function playbooks(call: Call<"gamebooks.playbooks">): readonly Record<string, unknown>[] {
  const { year, tenantId } = call.query;
  const run = call.realm.gamebooks
    .ofWorkspaces([call.workspace], call.now)
    .find((candidate) => candidate.id === call.params.gamebookId.toLowerCase());
  const fits =
    run !== undefined &&
    new Date(run.createdAt).getUTCFullYear() === year &&
    (tenantId === undefined || tenantId.toLowerCase() === call.workspace.tenantId);
  if (!fits) throw notFound("Gamebook", call.params.gamebookId);
  return playbooksOut(run, call.now);
}

export const gamebookHandlers: HandlersOf<"gamebooks"> = {
  "gamebooks.rules": (call) => {
    const rules = rulesFor(call.params.incidentTitle, call.workspace);
    return ok(call.alternate ? { playbooks: rules } : rules);
  },
  "gamebooks.history": (call) => ok(history(call)),
  "gamebooks.playbooks": (call) => ok(playbooks(call)),
  "gamebooks.byIncident": (call) => {
    const found = findAnywhere(call.workspace, call.params.incidentId);
    const runs = found === null ? [] : call.realm.gamebooks.ofIncident(found.stream, found.stub, call.now);
    return ok(runs.map((run) => gamebookOut(run, call.now, "full")));
  },
  "gamebooks.acrossHistory": (call) => ok(acrossHistory(call)),
};
