import { changesView } from "@/lib/server/register/handle";

/** What became of a list of the register since it was read. */
export const GET = changesView();

export const dynamic = "force-dynamic";
