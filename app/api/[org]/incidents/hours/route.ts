import { hoursView } from "@/lib/server/register/handle";

/** Arrivals and closures per hour. */
export const GET = hoursView();

export const dynamic = "force-dynamic";
