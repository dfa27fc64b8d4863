import { recoveryChange, recoveryView } from "@/lib/server/recovery/handle";

/** How it stands. */
export const GET = recoveryView();

/** Start, stop, resume. */
export const POST = recoveryChange();

export const dynamic = "force-dynamic";
