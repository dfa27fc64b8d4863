import "server-only";
import { type IncidentQuery, printIncidentQuery } from "@/lib/domain/incident-query";
import { Failure } from "@/lib/errors";
import { authorise, membershipOf } from "@/lib/server/access";
import { recordAudit } from "@/lib/server/audit/record";
import { withOrganisation } from "@/lib/server/db/organisation";
import { answerHeaders, withProblems } from "@/lib/server/problem";
import { guardTracedRead, refuseHeaders } from "@/lib/server/request-guard";
import { production, queryOf, type RegisterDependencies, type RegisterRouteContext } from "./call";
import { type ExportFormat, exportStream } from "./export";

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
