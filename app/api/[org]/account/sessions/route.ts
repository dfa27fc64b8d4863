import { ownSessions, ownSessionsEnd } from "@/lib/server/sessions/handle";

/** The open sessions of who asks. */
export const GET = ownSessions;

/** Ends all but the one that asks. */
export const DELETE = ownSessionsEnd;

export const dynamic = "force-dynamic";
