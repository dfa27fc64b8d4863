import { connectionReplace, connectionView } from "@/lib/server/connection/handle";

/** How the organisation reaches ContraForce, and how that goes. Never a secret. */
export const GET = connectionView();

/** Connects the organisation, or connects it anew. */
export const PUT = connectionReplace();

export const dynamic = "force-dynamic";
