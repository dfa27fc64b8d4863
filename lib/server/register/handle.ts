import "server-only";
import { type Caller, callerIdOf, type Principal } from "@/lib/domain/access";
import {
  type IncidentQuery,
  parseIncidentQuery,
  placeFits,
  printIncidentQuery,
  printPlace,
} from "@/lib/domain/incident-query";
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
import { authorise, membershipOf } from "@/lib/server/access";
import { recordAudit } from "@/lib/server/audit/record";
import { requireCaller } from "@/lib/server/auth/caller";
import { requirePrincipal } from "@/lib/server/auth/session";
import type { Tx } from "@/lib/server/db/database";
import { withOrganisation } from "@/lib/server/db/organisation";
import { headOf } from "@/lib/server/live/log";
import { openPosition, sealPosition } from "@/lib/server/live/position";
import { answerHeaders, answerText, withProblems } from "@/lib/server/problem";
import { guardTracedRead, refuseHeaders } from "@/lib/server/request-guard";
import type { Keys } from "@/lib/server/vault/any-key";
import { derivedKeys } from "@/lib/server/vault/keys";
import { workspaceNames } from "./basis";
import { readChanges } from "./changes";
import { exportBatchRows, type ExportFormat, exportStream } from "./export";
import { type CampaignQuery, findCampaigns } from "./campaigns";
import { countHours, type Windowed } from "./hours";
import { readSummary } from "./summary";
import { answerQuery, type Asker, named, readPage } from "./query";
import { type SharedAnswer, SharedAnswers } from "./shared-answers";
import { stackBy } from "./stacks";

export interface RegisterRouteContext {
  readonly params: Promise<{ readonly org: string }>;
}

/** What a test puts in another's place. */
export interface RegisterDependencies {
  readonly requireCaller: (headers: Headers) => Promise<Caller>;
  readonly requirePrincipal: (headers: Headers) => Promise<Principal>;
  readonly exportBatchRows: number;
  readonly now: () => number;
  readonly positionKeys: () => Keys;
}

const production: RegisterDependencies = {
  requireCaller,
  requirePrincipal,
  exportBatchRows,
  now: () => Date.now(),
  positionKeys: () => derivedKeys("live-position"),
};

/** Rows of a first page, which has to be there at once, and of each further one. */
const pageRows = 200;
const furtherRows = 1_000;

/** The question in the request's address. @throws Failure INVALID_INPUT */
function queryOf(search: URLSearchParams): IncidentQuery {
  const parsed = parseIncidentQuery(search);
  if ("errors" in parsed) throw new Failure("INVALID_INPUT", { errors: { ...parsed.errors } });
  const { after, sort } = parsed.query;
  if (after !== null && !placeFits(after, sort.column))
    throw new Failure("INVALID_INPUT", { errors: { after: ["is not a place of this list"] } });
  return parsed.query;
}

/** Longest window that is counted hour by hour or searched for campaigns. */
const longestWindowMs = 31 * 24 * 3_600_000;

/** The question over a window with both ends: the last 24 hours where none is asked for. @throws Failure INVALID_INPUT */
function windowedQueryOf(search: URLSearchParams, nowMs: number): Windowed {
  const query = queryOf(search);
  const toMs = query.to === null ? nowMs : Date.parse(query.to);
  const fromMs = query.from === null ? toMs - 24 * 3_600_000 : Date.parse(query.from);
  if (!(fromMs < toMs) || toMs - fromMs > longestWindowMs)
    throw new Failure("INVALID_INPUT", { errors: { from: ["is not within 31 days before the end"] } });
  return {
    ...query,
    after: null,
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
  };
}

/** Who asks for what. */
interface Reading {
  readonly tx: Tx;
  readonly search: URLSearchParams;
  readonly asker: Asker;
  /** Opens the place in the event log that an earlier answer named; null when it is another's, or too old. */
  readonly opened: (position: string) => number | null;
}

/** Data, and where the event log stood if the asker may go on from there. */
interface Found {
  readonly data: object;
  readonly head: number | null;
}

/**
 * A read of the register by whoever may read incidents, people and displays alike. Who may see every workspace gets the same answer as
 * others who ask the same at that time.
 * @param questionOf everything that the answer depends on besides who asks and what the store holds
 */
const registerRead = (
  deps: RegisterDependencies,
  answer: (reading: Reading) => Promise<Found>,
  questionOf: (search: URLSearchParams, opened: Reading["opened"]) => string = String,
) => {
  const shared = new SharedAnswers();
  return withProblems<RegisterRouteContext>(async (request, route, requestId) => {
    refuseHeaders(request.headers);
    const caller = await deps.requireCaller(request.headers);
    const standing = membershipOf(caller, (await route.params).org);
    authorise(standing, "incidents:read", null);
    const { organisationId, scope } = standing;
    const { searchParams: search } = new URL(request.url);
    const nowMs = deps.now();
    const owner = { callerId: callerIdOf(caller), organisationId, scope };
    const opened = (position: string) => openPosition(deps.positionKeys(), owner, position, nowMs);
    const read = async (): Promise<SharedAnswer> => {
      const { data, head } = await withOrganisation(organisationId, (tx) =>
        answer({ tx, search: new URLSearchParams(search), asker: { scope, nowMs }, opened }),
      );
      return { text: JSON.stringify(data), head };
    };
    const question = `${organisationId} ${questionOf(search, opened)}`;
    const { text, head } =
      scope.kind === "all"
        ? await shared.answer(question, await withOrganisation(organisationId, headOf), nowMs, read)
        : await read();
    if (head === null) return answerText(text, requestId);
    const position = JSON.stringify(sealPosition(deps.positionKeys(), owner, head, nowMs));
    return answerText(`${text.slice(0, -1)},"position":${position}}`, requestId);
  });
};

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

/** Takes the format out of the members; the others are the question. */
function exportQueryOf(request: Request): { readonly format: ExportFormat; readonly query: IncidentQuery } {
  const search = new URL(request.url).searchParams;
  const [format, more] = search.getAll("format");
  if ((format !== "csv" && format !== "jsonl") || more !== undefined)
    throw new Failure("INVALID_INPUT", { errors: { format: ["is csv or jsonl"] } });
  search.delete("format");
  return { format, query: { ...queryOf(search), after: null } };
}

/**
 * `GET /api/<org>/incidents/export?format=csv|jsonl&…`: all that match the question as a file, which says first what it rests on. Taking a copy
 * is itself written down before the first row leaves; the file breaks off when the person's rights change.
 * @throws Failure as `incidentsView`, and CROSS_SITE
 */
export const incidentsExport = (deps: RegisterDependencies = production) =>
  withProblems<RegisterRouteContext>(async (request, route, requestId) => {
    guardTracedRead(request.headers);
    refuseHeaders(request.headers);
    const { org } = await route.params;
    const rightsNow = async () => {
      const principal = await deps.requirePrincipal(request.headers);
      const membership = membershipOf(principal, org);
      authorise(membership, "incidents:read", null);
      return { principal, membership };
    };
    const { principal, membership } = await rightsNow();
    const { organisationId } = membership;
    const { format, query } = exportQueryOf(request);
    const asked = printIncidentQuery(query).toString();
    await withOrganisation(organisationId, (tx) =>
      recordAudit(tx, {
        organisationId,
        personId: principal.personId,
        action: "incidents.export",
        permission: "incidents:read",
        workspaceId: null,
        outcome: "done",
        upstreamRequestId: null,
        requestId,
        detail: { format, filter: asked },
      }),
    );
    const nowMs = deps.now();
    const headers = answerHeaders(
      requestId,
      format === "csv" ? "text/csv; charset=utf-8" : "application/jsonl",
    );
    const stamp = new Date(nowMs).toISOString().slice(0, 16).replace(":", "");
    const file = `incidents-${membership.organisationSlug}-${stamp}.${format}`;
    headers.set("content-disposition", `attachment; filename="${file}"`);
    const scopeNow = async () => (await rightsNow()).membership.scope;
    const stream = exportStream({
      ...{ organisationId, query, format, nowMs, scopeNow },
      batchRows: deps.exportBatchRows,
    });
    return new Response(stream, { headers });
  });
