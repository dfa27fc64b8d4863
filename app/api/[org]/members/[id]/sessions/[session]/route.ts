import { memberSessionEnd } from "@/lib/server/sessions/handle";

/** Ends one session of a member. */
export const DELETE = memberSessionEnd;

export const dynamic = "force-dynamic";
