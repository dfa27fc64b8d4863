import "server-only";
import { Failure } from "@/lib/errors";
import { recordPlatformAudit } from "@/lib/server/audit/record";
import { admitAttempt } from "@/lib/server/auth/limits";
import { withPlatform } from "@/lib/server/db/platform";

/**
 * Leave to look at what somebody brings back from the identity provider: counted against the address's sign-in limit before state, code or
 * token are looked at, so that guessed and replayed ones count too. Whose attempt it is, is not known before the provider was asked;
 * `claimAttempt` counts it for the account then. Returns the attempt, for `signInThroughProvider` to take back when it succeeds.
 * Throws `Failure` TOO_MANY_ATTEMPTS; when it cannot be counted, whatever the store throws: then nobody comes in.
 */
export async function admitCallback(address: string, requestId: string): Promise<number> {
  const admission = await withPlatform((tx) => admitAttempt(tx, null, address, new Date()));
  if (admission.admitted) return admission.attemptId;
  if (admission.isFirst)
    await withPlatform((tx) =>
      recordPlatformAudit(tx, {
        personId: null,
        action: "session.sign-in",
        permission: null,
        workspaceId: null,
        outcome: "refused",
        upstreamRequestId: null,
        requestId,
        detail: { reason: "too many attempts", through: "provider", address },
      }),
    );
  throw new Failure("TOO_MANY_ATTEMPTS", { retryAfterSeconds: 60 });
}
