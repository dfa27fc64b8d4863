import { recoveryList, recoveryPlan } from "@/lib/server/recovery/handle";

/** The organisation's recoveries. */
export const GET = recoveryList();

/** A new one: its plan is made, nothing is sent. */
export const POST = recoveryPlan();

export const dynamic = "force-dynamic";
