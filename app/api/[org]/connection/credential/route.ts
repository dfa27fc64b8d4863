import { credentialAdd } from "@/lib/server/connection/handle";

/** Begins a rotation: a second credential. */
export const POST = credentialAdd();

export const dynamic = "force-dynamic";
