import "server-only";
import { type Caller, callerIdOf } from "@/lib/domain/access";
import { Failure } from "@/lib/errors";
import { authorise, membershipOf } from "@/lib/server/access";
import { renewCaller, requireCaller } from "@/lib/server/auth/caller";
import { keptMs } from "@/lib/server/auth/kept-callers";
import { answerHeaders, withProblems } from "@/lib/server/problem";
import { refuseHeaders } from "@/lib/server/request-guard";
import type { Keys } from "@/lib/server/vault/any-key";
import { derivedKeys } from "@/lib/server/vault/keys";
import { scopeFingerprint } from "@/lib/server/walk/cursor";
import { Audience, permission } from "./audience";
import type { Hub } from "./hub";
import { openPosition, type PositionOwner } from "./position";
import { liveHub } from "./production";

export interface LiveRouteContext {
  readonly params: Promise<{ readonly org: string }>;
}

/** What a test puts in another's place. */
export interface LiveDependencies {
  readonly requireCaller: (headers: Headers) => Promise<Caller>;
  readonly renewCaller: (caller: Caller, headers: Headers) => Promise<Caller | null>;
  readonly positionKeys: () => Keys;
  readonly now: () => number;
  readonly hub: () => Hub;
}

const production: LiveDependencies = {
  requireCaller,
  renewCaller,
  positionKeys: () => derivedKeys("live-position"),
  now: () => Date.now(),
  hub: liveHub,
};

/** Neither kept nor packed nor held back on its way: an event that waits in a buffer is none. */
function streamHeaders(requestId: string): Headers {
  const headers = answerHeaders(requestId, "text/event-stream; charset=utf-8");
  headers.set("cache-control", "no-store, no-transform");
  headers.set("x-accel-buffering", "no");
  return headers;
}

/** Where the caller was; "lost" where that is another's place, too old, or was never given out. */
function placeOf(headers: Headers, keys: Keys, owner: PositionOwner, nowMs: number): number | "lost" | null {
  const last = headers.get("last-event-id");
  if (last === null || last === "") return null;
  return openPosition(keys, owner, last, nowMs) ?? "lost";
}

/**
 * `GET /api/<org>/events`: what happens, as it happens, for whoever may read incidents, as Server-Sent Events. Each is `incident` or `coverage`
 * with a `LiveSubject`; besides there are `hb`, `resync` (ask anew for what is shown) and `gone` (nothing here is yours any more). With
 * `Last-Event-ID` it goes on from there.
 * @throws Failure NOT_SIGNED_IN, NOT_FOUND, FORBIDDEN, TOO_MANY_ATTEMPTS, STORE_UNAVAILABLE
 */
export const liveEvents = (deps: LiveDependencies = production) =>
  withProblems<LiveRouteContext>(async (request, route, requestId) => {
    refuseHeaders(request.headers);
    const caller = await deps.requireCaller(request.headers);
    const nowMs = deps.now();
    const standing = membershipOf(caller, (await route.params).org);
    authorise(standing, permission, null);
    const { organisationId, scope } = standing;
    const headers = streamHeaders(requestId);
    if (request.method === "HEAD") return new Response(null, { headers });
    const owner = { callerId: callerIdOf(caller), organisationId, scope };
    const keys = deps.positionKeys();
    const asked = new Headers(request.headers);
    const audience = () =>
      new Audience({
        ...{ standing, owner, keys, now: deps.now, readAtMs: nowMs - keptMs },
        standingNow: async () => {
          const found = await deps.renewCaller(caller, asked);
          return found?.memberships.find((one) => one.organisationId === organisationId) ?? null;
        },
      });
    const who = caller.personId === null ? owner.callerId : caller.sessionId;
    const sight = scopeFingerprint(scope.kind === "all" ? "all" : scope.ids);
    const key = JSON.stringify([organisationId, who, standing.role, sight]);
    const place = placeOf(request.headers, keys, owner, nowMs);
    const stream = deps.hub().open(key, audience, place);
    if (stream === null)
      throw new Failure("TOO_MANY_ATTEMPTS", {
        detail: "Too many live streams are open already.",
        retryAfterSeconds: 30,
      });
    const { signal } = request;
    signal.addEventListener("abort", () => stream.abort(), { once: true });
    if (signal.aborted) stream.abort();
    return new Response(stream.body, { headers });
  });

const answer = liveEvents();

/** The same for a door in front of Next, which knows no parameters: the organisation is read off the path. Never throws. */
export function handleLiveEvents(request: Request): Promise<Response> {
  const [, , segment = ""] = new URL(request.url).pathname.split("/");
  return answer(request, { params: Promise.resolve({ org: decodeURIComponent(segment) }) });
}
