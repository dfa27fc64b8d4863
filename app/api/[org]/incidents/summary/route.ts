import { summaryView } from "@/lib/server/register/handle";

/** The open work at a glance, and what came and went in the last hours. */
export const GET = summaryView();

export const dynamic = "force-dynamic";
