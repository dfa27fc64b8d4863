import { credentialSwitch } from "@/lib/server/connection/handle";

/** The second credential takes over. */
export const POST = credentialSwitch();

export const dynamic = "force-dynamic";
