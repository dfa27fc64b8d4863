import { invitationWithdraw } from "@/lib/server/members/handle";

/** Takes an invitation back. */
export const DELETE = invitationWithdraw;

export const dynamic = "force-dynamic";
