import { webhookNotes } from "@/lib/server/webhooks/handle";

/** What was done with a webhook, and why. */
export const GET = webhookNotes();

export const dynamic = "force-dynamic";
