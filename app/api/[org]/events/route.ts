import { liveEvents } from "@/lib/server/live/handle";

/** What happens, as it happens. */
export const GET = liveEvents();

export const dynamic = "force-dynamic";
