"use client";

import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { callOwn } from "@/lib/client/own-call";
import type { SessionsEnded, SessionsView } from "@/lib/domain/sessions";
import { apiRoutes } from "@/lib/routes";

/** Whose sessions: a member's by id, or with null one's own. */
type Whose = string | null;

/** Open sessions, the latest used first. */
export function sessionsQuery(org: string, whose: Whose) {
  const address = whose === null ? apiRoutes.ownSessions(org) : apiRoutes.memberSessions(org, whose);
  return queryOptions({
    queryKey: [org, "sessions", whose ?? "own"],
    queryFn: ({ signal }) => callOwn<SessionsView>(address, { method: "GET", signal }),
  });
}

function addressOf(org: string, whose: Whose, session: string | null): string {
  if (whose === null)
    return session === null ? apiRoutes.ownSessions(org) : apiRoutes.ownSession(org, session);
  return session === null
    ? apiRoutes.memberSessions(org, whose)
    : apiRoutes.memberSession(org, whose, session);
}

/** Ends one session, or with null all but the one that asks. What is open is read anew before it counts as done. */
export function useEndSessions(org: string, whose: Whose) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (session: string | null) =>
      callOwn<SessionsEnded>(addressOf(org, whose, session), { method: "DELETE", body: {} }),
    // After a failure too: the session may have ended by itself.
    onSettled: () => client.invalidateQueries({ queryKey: [org, "sessions"] }),
  });
}
