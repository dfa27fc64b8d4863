import { invitationAdd } from "@/lib/server/members/handle";

/** Invites a person; the answer holds the link, once. */
export const POST = invitationAdd;

export const dynamic = "force-dynamic";
