import { campaignsView } from "@/lib/server/register/handle";

/** The same thing at several customers. */
export const GET = campaignsView();

export const dynamic = "force-dynamic";
