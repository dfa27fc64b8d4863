import { ownSessionEnd } from "@/lib/server/sessions/handle";

/** Ends one of one's own sessions. */
export const DELETE = ownSessionEnd;

export const dynamic = "force-dynamic";
