import { recoveryReport } from "@/lib/server/recovery/handle";

/** Its deliveries as a CSV file. */
export const GET = recoveryReport();

export const dynamic = "force-dynamic";
