import { recoveryItems } from "@/lib/server/recovery/handle";

/** Its deliveries, page by page. */
export const GET = recoveryItems();

export const dynamic = "force-dynamic";
