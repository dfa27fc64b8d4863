import { incidentsExport } from "@/lib/server/register/handle";

/** All that match as a file. */
export const GET = incidentsExport();

export const dynamic = "force-dynamic";
