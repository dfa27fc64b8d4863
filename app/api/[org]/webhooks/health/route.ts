import { webhooksHealth } from "@/lib/server/webhooks/handle";

/** How the deliveries of every webhook went over the last day. */
export const GET = webhooksHealth();

export const dynamic = "force-dynamic";
