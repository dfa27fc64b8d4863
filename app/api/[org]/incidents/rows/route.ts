import { rowsView } from "@/lib/server/register/handle";

/** Further rows of a list of the register. */
export const GET = rowsView();

export const dynamic = "force-dynamic";
