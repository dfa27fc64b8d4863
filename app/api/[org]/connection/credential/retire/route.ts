import { credentialRetire } from "@/lib/server/connection/handle";

/** Drops the second credential. */
export const POST = credentialRetire();

export const dynamic = "force-dynamic";
