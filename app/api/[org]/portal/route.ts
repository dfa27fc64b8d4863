import { portalView } from "@/lib/server/connection/portal";

/** Where ContraForce's own portal is. */
export const GET = portalView();

export const dynamic = "force-dynamic";
