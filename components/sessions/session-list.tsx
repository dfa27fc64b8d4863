"use client";

import { useFormatTime } from "@/components/data/use-format-time";
import { Button } from "@/components/ui/button";
import type { SessionsView, SessionView } from "@/lib/domain/sessions";
import { originWords, sessionName } from "./words";

export interface SessionListProps {
  readonly view: SessionsView;
  /** The person meant, for the buttons' names; null for one's own. */
  readonly name: string | null;
  readonly onEnd: (session: SessionView) => void;
}

/** Open sessions, one below the other, each with a way to end it; that which asks is marked instead. */
export function SessionList({ view, name, onEnd }: SessionListProps) {
  const formatTime = useFormatTime();
  const { sessions, total } = view;
  return (
    <>
      <ul className="text-13">
        {sessions.map((session) => (
          <li
            key={session.id}
            className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line py-2 first:border-t-0"
          >
            <div className="min-w-0 flex-1 basis-60">
              <p className="font-medium text-strong">
                {sessionName(session)}
                {session.isThis ? (
                  <span className="ml-2 text-12 font-normal text-normal">This session</span>
                ) : null}
              </p>
              <p className="text-12 wrap-anywhere text-normal tabular-nums">
                Signed in {formatTime(session.signedInAt)} {originWords(session)}
              </p>
              <p className="text-12 text-normal tabular-nums">
                Last used {formatTime(session.lastUsedAt)}, give or take a minute · ends{" "}
                {formatTime(session.idleEndsAt)} if it is not used, {formatTime(session.endsAt)} in any case
              </p>
            </div>
            {session.isThis ? null : (
              <Button
                aria-label={`Sign out ${name === null ? "" : `${name}: `}${sessionName(session)}, signed in ${formatTime(session.signedInAt)}`}
                onClick={() => onEnd(session)}
              >
                Sign out
              </Button>
            )}
          </li>
        ))}
      </ul>
      {total > sessions.length ? (
        <p className="mt-2 text-12 text-normal">
          The {sessions.length} used last of {total} open ones are listed.
        </p>
      ) : null}
    </>
  );
}
