import { viewChange, viewRemove } from "@/lib/server/views/handle";

/** Name, what it shows, and who sees it. */
export const PUT = viewChange;

/** Deletes a view. */
export const DELETE = viewRemove;

export const dynamic = "force-dynamic";
