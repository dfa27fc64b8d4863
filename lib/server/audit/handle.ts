import "server-only";
import { z } from "zod";
import type { Principal } from "@/lib/domain/access";
import { type AuditFilter, auditOutcomes } from "@/lib/domain/audit";
import { authorise, membershipOf } from "@/lib/server/access";
import { recordAudit } from "./record";
import { requirePrincipal } from "@/lib/server/auth/session";
import { withOrganisation } from "@/lib/server/db/organisation";
import { answerData, answerHeaders, withProblems } from "@/lib/server/problem";
import { guardTracedRead, refuseHeaders } from "@/lib/server/request-guard";
import { parseSearch } from "@/lib/server/search-input";
import { exportBatchRows, exportStream } from "./export";
import { readAuditPage } from "./read";

export interface AuditRouteContext {
  readonly params: Promise<{ readonly org: string }>;
}

/** What a test puts in another's place. */
export interface AuditTrailDependencies {
  readonly requirePrincipal: (headers: Headers) => Promise<Principal>;
  readonly exportBatchRows: number;
}

const production: AuditTrailDependencies = { requirePrincipal, exportBatchRows };

const filterMembers = {
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  person: z.uuid().optional(),
  action: z.string().min(1).max(120).optional(),
  outcome: z.enum(auditOutcomes).optional(),
  workspace: z.guid().toLowerCase().optional(),
};
const pageQuery = z.strictObject({ ...filterMembers, before: z.coerce.number().int().min(1).optional() });
const exportQuery = z.strictObject({ ...filterMembers, format: z.enum(["csv", "jsonl"]) });

function filterOf(query: Omit<z.output<typeof pageQuery>, "before">): AuditFilter {
  return {
    from: query.from ?? null,
    to: query.to ?? null,
    personId: query.person ?? null,
    action: query.action ?? null,
    outcome: query.outcome ?? null,
    workspaceId: query.workspace ?? null,
  };
}

async function actorOf(request: Request, route: AuditRouteContext, deps: AuditTrailDependencies) {
  refuseHeaders(request.headers);
  const principal = await deps.requirePrincipal(request.headers);
  const membership = membershipOf(principal, (await route.params).org);
  authorise(membership, "audit:read", null);
  return { principal, membership };
}

/**
 * `GET /api/<org>/audit`: rows of the organisation's audit, newest first, with `before` the next older ones.
 * @throws Failure NOT_SIGNED_IN, NOT_FOUND, FORBIDDEN, INVALID_INPUT, STORE_UNAVAILABLE
 */
export const auditView = (deps: AuditTrailDependencies = production) =>
  withProblems<AuditRouteContext>(async (request, route, requestId) => {
    const { membership } = await actorOf(request, route, deps);
    const { before, ...query } = parseSearch(pageQuery, request);
    return answerData(
      await readAuditPage(membership.organisationId, filterOf(query), before ?? null),
      requestId,
    );
  });

/**
 * `GET /api/<org>/audit/export?format=csv|jsonl`: every row of the filter as a file, newest first. Taking a copy is itself written down before
 * the first row leaves.
 */
export const auditExport = (deps: AuditTrailDependencies = production) =>
  withProblems<AuditRouteContext>(async (request, route, requestId) => {
    guardTracedRead(request.headers);
    const { principal, membership } = await actorOf(request, route, deps);
    const { format, ...query } = parseSearch(exportQuery, request);
    const { organisationId, organisationSlug } = membership;
    await withOrganisation(organisationId, (tx) =>
      recordAudit(tx, {
        organisationId,
        personId: principal.personId,
        action: "audit.export",
        permission: "audit:read",
        workspaceId: null,
        outcome: "done",
        upstreamRequestId: null,
        requestId,
        detail: { format, filter: query },
      }),
    );
    const headers = answerHeaders(
      requestId,
      format === "csv" ? "text/csv; charset=utf-8" : "application/jsonl",
    );
    const day = new Date().toISOString().slice(0, 10);
    headers.set("content-disposition", `attachment; filename="audit-${organisationSlug}-${day}.${format}"`);
    const stream = exportStream({
      organisationId,
      filter: filterOf(query),
      format,
      batchRows: deps.exportBatchRows,
      stillMay: () => actorOf(request, route, deps),
    });
    return new Response(stream, { headers });
  });
