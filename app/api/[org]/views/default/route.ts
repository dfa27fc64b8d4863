import { viewDefault } from "@/lib/server/views/handle";

/** Which view the person's list opens with. */
export const PUT = viewDefault;

export const dynamic = "force-dynamic";
