import { incidentsExport } from "@/lib/server/register/handle-export";

/** All that match as a file. */
export const GET = incidentsExport();

export const dynamic = "force-dynamic";
