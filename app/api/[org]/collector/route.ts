import { collectorView } from "@/lib/server/collector/handle";

/** How far reading ahead has come: times, outcomes and counts, and no customer's name. */
export const GET = collectorView();

export const dynamic = "force-dynamic";
