import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import { callOwn } from "@/lib/client/own-call";
import { buildQuery } from "@/lib/contract/address";
import type { AuditFilter, AuditPage } from "@/lib/domain/audit";
import { apiRoutes } from "@/lib/routes";

function queryOf({ from, to, personId, action, outcome, workspaceId }: AuditFilter): Record<string, unknown> {
  return { from, to, person: personId, action, outcome, workspace: workspaceId };
}

/** The organisation's audit, newest first; a further page is asked for, never fetched by itself. */
export function auditQuery(org: string, filter: AuditFilter) {
  return infiniteQueryOptions({
    queryKey: [org, "audit", "list", filter],
    queryFn: ({ pageParam, signal }) => {
      const query = buildQuery({ ...queryOf(filter), before: pageParam });
      return callOwn<AuditPage>(apiRoutes.audit(org) + query, { method: "GET", signal });
    },
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.before,
    placeholderData: keepPreviousData,
  });
}

/** Address of the same rows as a file. */
export function auditExportAddress(org: string, filter: AuditFilter, format: "csv" | "jsonl"): string {
  return apiRoutes.auditExport(org) + buildQuery({ ...queryOf(filter), format });
}
