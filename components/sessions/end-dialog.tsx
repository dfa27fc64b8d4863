"use client";

import { ConfirmDialog } from "@/components/data/confirm-dialog";
import { useFormatTime } from "@/components/data/use-format-time";
import { toast } from "@/components/ui/toast";
import type { SessionView } from "@/lib/domain/sessions";
import { useEndSessions } from "@/lib/queries/sessions";
import { countSessions, originWords, sessionName } from "./words";

/** One session, or so many. */
export type Ending =
  | { readonly kind: "one"; readonly session: SessionView }
  | { readonly kind: "all"; readonly count: number };

export interface EndDialogProps {
  readonly org: string;
  /** The member whose they are; null for one's own. */
  readonly member: { readonly personId: string; readonly name: string } | null;
  readonly ending: Ending;
  readonly onClose: () => void;
}

const everywhere = "Its pages and calls stop within seconds, in every organisation of the account.";

/** Asks before sessions are ended, naming them, and tells how many were. */
export function EndDialog({ org, member, ending, onClose }: EndDialogProps) {
  const end = useEndSessions(org, member?.personId ?? null);
  const formatTime = useFormatTime();
  const isOne = ending.kind === "one";
  const what = isOne ? sessionName(ending.session) : countSessions(ending.count);
  const whose = member === null ? "" : ` of ${member.name}`;
  const about = isOne
    ? `Signed in ${formatTime(ending.session.signedInAt)} ${originWords(ending.session)}. ${everywhere}`
    : `${member === null ? "This session stays. " : ""}${everywhere.replace("Its", "Their")} Whoever knows the password can sign in again.`;
  return (
    <ConfirmDialog
      title={`Sign out ${what}${whose}?`}
      about={about}
      verb={`Sign out ${what}`}
      keep="Leave it as it is"
      tone="danger"
      isBusy={end.isPending}
      error={end.error}
      onConfirm={() =>
        end.mutate(isOne ? ending.session.id : null, {
          onSuccess: ({ ended }) => {
            toast(
              ended === 0
                ? "There was nothing left to sign out."
                : `Signed out ${countSessions(ended)}${whose}.`,
            );
            onClose();
          },
        })
      }
      onClose={onClose}
    />
  );
}
