import { webhookDeliveries } from "@/lib/server/webhooks/handle";

/** The delivery log across webhooks. */
export const POST = webhookDeliveries();

export const dynamic = "force-dynamic";
