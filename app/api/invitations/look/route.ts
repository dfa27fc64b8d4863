import { invitationLook } from "@/lib/server/members/handle";

/** What an invitation offers, for who holds its link. */
export const POST = invitationLook;

export const dynamic = "force-dynamic";
