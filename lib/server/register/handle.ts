import "server-only";
import type { Caller, Principal } from "@/lib/domain/access";
import {
  type IncidentQuery,
  parseIncidentQuery,
  placeFits,
  printIncidentQuery,
} from "@/lib/domain/incident-query";
import { Failure } from "@/lib/errors";
import { authorise, membershipOf } from "@/lib/server/access";
import { recordAudit } from "@/lib/server/audit/record";
import { requireCaller } from "@/lib/server/auth/caller";
import { requirePrincipal } from "@/lib/server/auth/session";
import { withOrganisation } from "@/lib/server/db/organisation";
import { answerData, answerHeaders, withProblems } from "@/lib/server/problem";
import { guardTracedRead, refuseHeaders } from "@/lib/server/request-guard";
import { exportBatchRows, type ExportFormat, exportStream } from "./export";
import { answerQuery } from "./query";

export interface RegisterRouteContext {
  readonly params: Promise<{ readonly org: string }>;
}

/** What a test puts in another's place. */
export interface RegisterDependencies {
  readonly requireCaller: (headers: Headers) => Promise<Caller>;
  readonly requirePrincipal: (headers: Headers) => Promise<Principal>;
  readonly exportBatchRows: number;
  readonly now: () => number;
}

const production: RegisterDependencies = {
  requireCaller,
  requirePrincipal,
  exportBatchRows,
  now: () => Date.now(),
};

/** Rows of one page. */
const pageRows = 200;

/** The question in the request's address. @throws Failure INVALID_INPUT */
function queryOf(search: URLSearchParams): IncidentQuery {
  const parsed = parseIncidentQuery(search);
  if ("errors" in parsed) throw new Failure("INVALID_INPUT", { errors: { ...parsed.errors } });
  const { after, sort } = parsed.query;
  if (after !== null && !placeFits(after, sort.column))
    throw new Failure("INVALID_INPUT", { errors: { after: ["is not a place of this list"] } });
  return parsed.query;
}

/**
 * `GET /api/<org>/incidents?…` (the members are those of `lib/domain/incident-query`): a page of the register with the count of all matches,
 * facets and what they rest on. Reads our own store only.
 * @throws Failure NOT_SIGNED_IN, NOT_FOUND, FORBIDDEN, INVALID_INPUT, STORE_UNAVAILABLE
 */
export const incidentsView = (deps: RegisterDependencies = production) =>
  withProblems<RegisterRouteContext>(async (request, route, requestId) => {
    refuseHeaders(request.headers);
    const caller = await deps.requireCaller(request.headers);
    const standing = membershipOf(caller, (await route.params).org);
    authorise(standing, "incidents:read", null);
    const query = queryOf(new URL(request.url).searchParams);
    const asker = { scope: standing.scope, nowMs: deps.now() };
    const answer = await withOrganisation(standing.organisationId, (tx) =>
      answerQuery(tx, query, asker, pageRows),
    );
    return answerData(answer, requestId);
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
