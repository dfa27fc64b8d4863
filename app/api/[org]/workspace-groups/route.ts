import { groupAdd } from "@/lib/server/members/handle";

/** Makes a workspace group. */
export const POST = groupAdd;

export const dynamic = "force-dynamic";
