import { membersView } from "@/lib/server/members/handle";

/** The people of an organisation, its open invitations, its workspace groups. */
export const GET = membersView;

export const dynamic = "force-dynamic";
