import { invitationAccept } from "@/lib/server/members/handle";

/** Accepts an invitation. */
export const POST = invitationAccept;

export const dynamic = "force-dynamic";
