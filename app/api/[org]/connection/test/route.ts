import { connectionTest } from "@/lib/server/connection/handle";

/** What a credential may do: reads only. */
export const POST = connectionTest();

export const dynamic = "force-dynamic";
