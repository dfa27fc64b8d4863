import { memberChange, memberRemove } from "@/lib/server/members/handle";

/** Role, scope, disabled or not. */
export const PUT = memberChange;

/** Takes a person out of the organisation. */
export const DELETE = memberRemove;

export const dynamic = "force-dynamic";
