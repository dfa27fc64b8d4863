import { CallError } from "@/lib/client/call-error";

export interface FailureWords {
  /** What failed. */
  readonly title: string;
  /** What to do about it. */
  readonly advice: string;
  /** What helps: asking again, signing in, or only somebody with other rights. */
  readonly remedy: "again" | "sign-in" | "none";
  /** Ids to quote, ours first. */
  readonly ids: readonly { readonly label: string; readonly value: string }[];
}

type Words = Omit<FailureWords, "ids">;

const again = (title: string, advice: string): Words => ({ title, advice, remedy: "again" });
const none = (title: string, advice: string): Words => ({ title, advice, remedy: "none" });

/** What a failure means to the person at the screen. Codes that are not listed speak through their own texts. */
const words: Partial<Record<CallError["code"], Words>> = {
  NO_ANSWER: again(
    "Watchfloor does not answer",
    "Your connection or the server is down. Try again in a moment.",
  ),
  UNREADABLE_ANSWER: again(
    "Something else than Watchfloor answered",
    "A proxy or sign-in page may stand in between. Reload the page; if it stays, tell whoever runs Watchfloor.",
  ),
  NOT_SIGNED_IN: {
    title: "You are no longer signed in",
    advice: "Sign in again to go on where you are.",
    remedy: "sign-in",
  },
  FORBIDDEN: none(
    "Your role does not include this",
    "An administrator of this organisation can change your role.",
  ),
  NOT_FOUND: none(
    "There is nothing here, or it is not yours to see",
    "Check the address, or ask for access.",
  ),
  NO_CONNECTION: none(
    "This organisation is not connected to ContraForce yet",
    "An administrator has to enter the service account under Connection.",
  ),
  UPSTREAM_CREDENTIAL_REFUSED: again(
    "ContraForce refused the service account",
    "Its secret may have expired or been revoked. An administrator can check it under Connection; nothing is read until then.",
  ),
  UPSTREAM_FORBIDDEN: again(
    "The service account may not read this",
    "It lacks the scope for it, or a role in the workspace. An administrator can add them in ContraForce.",
  ),
  UPSTREAM_RATE_LIMITED: again(
    "ContraForce asks us to slow down",
    "Reading goes on by itself after the pause it asked for.",
  ),
  UPSTREAM_BUSY: again(
    "Too many calls are waiting for ContraForce",
    "Others are reading at the same time. Try again in a moment.",
  ),
  UPSTREAM_UNAVAILABLE: again(
    "ContraForce answered with a fault",
    "This is on their side. Try again; quote the ids below if it stays.",
  ),
  UPSTREAM_TIMEOUT: again(
    "ContraForce did not answer in time",
    "Try again; a shorter time window reads faster.",
  ),
  UPSTREAM_UNREACHABLE: again(
    "ContraForce cannot be reached",
    "The server has no way to it at the moment. Try again shortly.",
  ),
  UPSTREAM_NOT_FOUND: none(
    "ContraForce does not have this, or no longer",
    "It may have been merged into another one, or removed at its source.",
  ),
};

/** A failure in a person's words. Never shows more than Watchfloor's own texts. */
export function describeFailure(error: Error): FailureWords {
  if (!(error instanceof CallError))
    return { ...again("This page failed", "Reload it. If it stays, tell whoever runs Watchfloor."), ids: [] };
  const { code, problem } = error;
  const said = words[code] ?? again(problem?.title ?? "The call failed", problem?.detail ?? "Try again.");
  const ids = [];
  if (problem !== null) ids.push({ label: "Request id", value: problem.requestId });
  if (problem?.upstreamRequestId)
    ids.push({ label: "ContraForce request id", value: problem.upstreamRequestId });
  return { ...said, ids };
}

/** Seconds after which it goes on by itself; null when a person has to ask. */
export function waitSeconds(error: Error): number | null {
  return error instanceof CallError ? (error.problem?.retryAfterSeconds ?? null) : null;
}

/** When it failed, ISO; null when nobody wrote it down. */
export function failedAt(error: Error): string | null {
  return error instanceof CallError ? error.at : null;
}
