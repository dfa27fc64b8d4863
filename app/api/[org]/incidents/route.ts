import { incidentsView } from "@/lib/server/register/handle";

/** Incidents of the register. */
export const GET = incidentsView();

export const dynamic = "force-dynamic";
