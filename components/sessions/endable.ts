import type { SessionsView } from "@/lib/domain/sessions";

/** How many sessions "all" would end: each but the one that asks. */
export function endable(view: SessionsView | undefined): number {
  if (!view) return 0;
  return view.total - (view.sessions.some(({ isThis }) => isThis) ? 1 : 0);
}
