import { stacksView } from "@/lib/server/register/handle";

/** All that match, stacked by what they have in common. */
export const GET = stacksView();

export const dynamic = "force-dynamic";
