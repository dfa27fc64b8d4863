import "server-only";
import type { Principal } from "@/lib/domain/access";
import type { SessionsEnded } from "@/lib/domain/sessions";
import { Failure } from "@/lib/errors";
import { recordAct } from "@/lib/server/auth/sign-in";
import { acrossRoles } from "@/lib/server/db/roles";
import { endedDetail, endSessions, forgetAll, type Which } from "./store";

/**
 * Ends sessions of one's own, with a row in the audit of each of the person's organisations, as signing out does.
 * @throws Failure CONFLICT when the one meant is not open any more, or never was this person's
 */
export async function endOwn(
  { personId, memberships }: Principal,
  which: Which,
  requestId: string,
): Promise<SessionsEnded> {
  const ids = await acrossRoles(async (roles) => {
    const ended = await roles.platform((tx) => endSessions(tx, personId, which));
    if (ended.length === 0 && "only" in which) throw new Failure("CONFLICT", { detail: sessionIsGone });
    if (ended.length > 0)
      await recordAct(roles, memberships, {
        personId,
        action: "session.revoke",
        outcome: "done",
        requestId,
        detail: endedDetail(ended),
      });
    return ended;
  });
  forgetAll(ids);
  return { ended: ids.length };
}

/** Said of a session that ended meanwhile and of one that is somebody else's alike. */
export const sessionIsGone = "This session is not open any more.";
