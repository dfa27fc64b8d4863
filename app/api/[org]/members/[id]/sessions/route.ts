import { memberSessions, memberSessionsEnd } from "@/lib/server/sessions/handle";

/** The open sessions of a member. */
export const GET = memberSessions;

/** Signs a member out everywhere. */
export const DELETE = memberSessionsEnd;

export const dynamic = "force-dynamic";
