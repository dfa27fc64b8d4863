import "server-only";
import { printPlace } from "@/lib/domain/incident-query";
import {
  campaignKinds,
  type ChangesAnswer,
  type IncidentsAnswer,
  type ListChanges,
  type RowsAnswer,
  stackKinds,
  usualLeast,
} from "@/lib/domain/register";
import { Failure } from "@/lib/errors";
import { workspaceNames } from "./basis";
import {
  type Found,
  production,
  queryOf,
  type Reading,
  type RegisterDependencies,
  registerRead,
  windowedQueryOf,
} from "./call";
import { type CampaignQuery, findCampaigns } from "./campaigns";
import { readChanges } from "./changes";
import { countHours } from "./hours";
import { answerQuery, named, readPage } from "./query";
import { stackBy } from "./stacks";
import { readSummary } from "./summary";

/** Rows of a first page, which has to be there at once, and of each further one. */
const pageRows = 200;
const furtherRows = 1_000;

const found = async (data: Promise<object>): Promise<Found> => ({ data: await data, head: null });

/**
 * `GET /api/<org>/incidents?…` (the members are those of `lib/domain/incident-query`): a page of the register with the count of all matches,
 * facets and what they rest on. Reads our own store only.
 * @throws Failure NOT_SIGNED_IN, NOT_FOUND, FORBIDDEN, INVALID_INPUT, STORE_UNAVAILABLE
 */
export const incidentsView = (deps: RegisterDependencies = production) =>
  registerRead(deps, async ({ tx, search, asker }) => {
    const { head, ...answer } = await answerQuery(tx, queryOf(search), asker, pageRows);
    const data: Omit<IncidentsAnswer, "position"> = answer;
    return { data, head };
  });

/** `GET /api/<org>/incidents/rows?…&after=…`: further rows of the list, many at a time. @throws Failure as `incidentsView` */
export const rowsView = (deps: RegisterDependencies = production) =>
  registerRead(deps, async ({ tx, search, asker }) => {
    const query = queryOf(search);
    const page = await readPage(tx, query, asker.scope, furtherRows);
    const names = await workspaceNames(tx, asker.scope);
    const data: RowsAnswer = {
      incidents: page.rows.map((row) => named(row, names)),
      next: page.next === null ? null : printPlace(page.next),
    };
    return { data, head: null };
  });

/** The place that the question goes on from; takes it out of the members. @throws Failure INVALID_INPUT */
function sinceOf(search: URLSearchParams): string {
  const [since, more] = search.getAll("since");
  if (since === undefined || more !== undefined)
    throw new Failure("INVALID_INPUT", { errors: { since: ["is the position of an earlier answer"] } });
  search.delete("since");
  return since;
}

/** The question of `changesView`: places are sealed for each person, and where they lead is the same. */
function changesQuestionOf(search: URLSearchParams, opened: Reading["opened"]): string {
  const asked = new URLSearchParams(search);
  return `${opened(sinceOf(asked))} ${asked}`;
}

/**
 * `GET /api/<org>/incidents/changes?since=…&…`: what became of the list since `since`, the `position` of an earlier answer. A place that is
 * another's, or too old, is no error: the list has to be read anew.
 * @throws Failure as `incidentsView`
 */
export const changesView = (deps: RegisterDependencies = production) =>
  registerRead(
    deps,
    async ({ tx, search, asker, opened }) => {
      const after = opened(sinceOf(search));
      const query = queryOf(search);
      const read = after === null ? null : await readChanges(tx, query, asker, after);
      const reload: ChangesAnswer = { mustReload: true };
      if (read === null) return { data: reload, head: null };
      const { head, ...changes } = read;
      const data: Omit<ListChanges, "position"> = { ...changes, mustReload: false };
      return { data, head };
    },
    changesQuestionOf,
  );

/** `GET /api/<org>/incidents/summary`: the open work at a glance; takes no members. @throws Failure as `incidentsView` */
export const summaryView = (deps: RegisterDependencies = production) =>
  registerRead(deps, ({ tx, search, asker }) => {
    const errors = Object.fromEntries([...search.keys()].map((name) => [name, ["is not known"]]));
    if (search.size > 0) throw new Failure("INVALID_INPUT", { errors });
    return found(readSummary(tx, asker));
  });

/** `GET /api/<org>/incidents/hours?…`: arrivals and closures per hour. @throws Failure as `incidentsView` */
export const hoursView = (deps: RegisterDependencies = production) =>
  registerRead(deps, ({ tx, search, asker }) =>
    found(countHours(tx, windowedQueryOf(search, asker.nowMs), asker)),
  );

/** The members of the question that only campaigns have; takes them out. @throws Failure INVALID_INPUT */
function campaignMembersOf(search: URLSearchParams): Pick<CampaignQuery, "least" | "kind"> {
  const [leasts, kinds] = [search.getAll("least"), search.getAll("kind")];
  const least = leasts.length === 0 ? usualLeast : Number(leasts[0]);
  if (leasts.length > 1 || !Number.isInteger(least) || least < 2 || least > 1_000)
    throw new Failure("INVALID_INPUT", { errors: { least: ["is a number from 2 to 1000"] } });
  const kind = campaignKinds.find((each) => each === kinds[0]) ?? null;
  if (kinds.length > 1 || (kinds.length === 1 && kind === null))
    throw new Failure("INVALID_INPUT", { errors: { kind: [`is one of ${campaignKinds.join(", ")}`] } });
  search.delete("least");
  search.delete("kind");
  return { least, kind };
}

/** `GET /api/<org>/incidents/campaigns?least=…&kind=…&…`: what is met at several customers. @throws Failure as `incidentsView` */
export const campaignsView = (deps: RegisterDependencies = production) =>
  registerRead(deps, ({ tx, search, asker }) => {
    const members = campaignMembersOf(search);
    return found(findCampaigns(tx, { ...members, query: windowedQueryOf(search, asker.nowMs) }, asker));
  });

/** `GET /api/<org>/incidents/stacks?by=…&…`: all that match, stacked by what they have in common. @throws Failure as `incidentsView` */
export const stacksView = (deps: RegisterDependencies = production) =>
  registerRead(deps, ({ tx, search, asker }) => {
    const kinds = search.getAll("by");
    const by = stackKinds.find((each) => each === kinds[0]);
    if (kinds.length > 1 || by === undefined)
      throw new Failure("INVALID_INPUT", { errors: { by: [`is one of ${stackKinds.join(", ")}`] } });
    search.delete("by");
    return found(stackBy(tx, { by, query: { ...queryOf(search), after: null } }, asker));
  });
