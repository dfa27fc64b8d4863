import { groupChange, groupRemove } from "@/lib/server/members/handle";

/** Name and workspaces of a group. */
export const PUT = groupChange;

/** Deletes a group that nobody uses. */
export const DELETE = groupRemove;

export const dynamic = "force-dynamic";
