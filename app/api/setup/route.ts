export { handleSetupState as GET, handleSetup as POST } from "@/lib/server/setup/handle";

/** The answer changes with the first person; it is never made at build time. */
export const dynamic = "force-dynamic";
