import { auditExport } from "@/lib/server/audit/handle";

/** The audit as a file. */
export const GET = auditExport();

export const dynamic = "force-dynamic";
