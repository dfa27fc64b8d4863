import { toast } from "@/components/ui/toast";
import type { Answer } from "@/lib/client/call";

/** The id to quote for a change: upstream's own where it gave one, else ours. */
export function idOf({ upstreamRequestId, requestId }: Answer<unknown>["meta"]): string | null {
  return upstreamRequestId ?? requestId;
}

/** Says in passing that a change was made, with the id to quote for it. */
export function sayDone(message: string, meta: Answer<unknown>["meta"]): void {
  toast(message, { requestId: idOf(meta) });
}
