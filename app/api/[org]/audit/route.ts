import { auditView } from "@/lib/server/audit/handle";

/** Rows of the organisation's audit. */
export const GET = auditView();

export const dynamic = "force-dynamic";
