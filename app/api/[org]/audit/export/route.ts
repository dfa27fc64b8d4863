import { auditExport } from "@/lib/server/audit-trail/handle";

/** The audit as a file. */
export const GET = auditExport();

export const dynamic = "force-dynamic";
