import { webhookStateChange } from "@/lib/server/webhooks/handle";

/** Pause, resume, enable, with a reason. */
export const POST = webhookStateChange();

export const dynamic = "force-dynamic";
