"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { FailureCallout } from "@/components/data/failure-panel";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import type { MemberView } from "@/lib/domain/members";
import { sessionsQuery } from "@/lib/queries/sessions";
import { EndDialog, type Ending } from "./end-dialog";
import { endable } from "./endable";
import { SessionList } from "./session-list";

export interface MemberSessionsDialogProps {
  readonly org: string;
  readonly member: MemberView;
  readonly onClose: () => void;
}

/** Where a member is signed in, for an administrator, who can end it. */
export function MemberSessionsDialog({ org, member, onClose }: MemberSessionsDialogProps) {
  const read = useQuery(sessionsQuery(org, member.personId));
  const [ending, setEnding] = useState<Ending | null>(null);
  if (ending) return <EndDialog org={org} member={member} ending={ending} onClose={() => setEnding(null)} />;
  const others = endable(read.data);
  return (
    <Dialog
      open
      onClose={onClose}
      size="large"
      title={`Sessions of ${member.name}`}
      description="A session is the person's: signing it out ends it in every organisation that they belong to. It is written down in this organisation's audit."
      footer={
        <>
          <Button onClick={onClose} data-autofocus>
            Close
          </Button>
          {others > 0 ? (
            <Button onClick={() => setEnding({ kind: "all", count: others })}>
              {member.isYou ? "Sign out all others" : "Sign out all"}
            </Button>
          ) : null}
        </>
      }
    >
      {read.error ? (
        <FailureCallout
          error={read.error}
          onRetry={() => void read.refetch()}
          unaffected={read.data ? "What is shown was read before." : "Nothing was signed out."}
          className="mb-3"
        />
      ) : null}
      {read.isPending ? (
        <div role="status" aria-label={`Reading the sessions of ${member.name}`}>
          <Skeleton className="mb-2 h-12 w-full" />
          <Skeleton className="h-12 w-full" />
        </div>
      ) : null}
      {read.data?.total === 0 ? (
        <p className="text-13 text-normal">{member.name} is not signed in anywhere.</p>
      ) : null}
      {read.data ? (
        <SessionList
          view={read.data}
          name={member.name}
          onEnd={(session) => setEnding({ kind: "one", session })}
        />
      ) : null}
    </Dialog>
  );
}
