import "server-only";
import type { Principal } from "@/lib/domain/access";
import { Failure } from "@/lib/errors";
import { membershipOf } from "@/lib/server/access";
import { requirePrincipal } from "@/lib/server/auth/session";
import { nothingInput } from "@/lib/server/members/input";
import {
  actAs,
  guard,
  type OfItem,
  type OfOrganisation,
  peopleRight,
  readAs,
  readInput,
  requireId,
} from "@/lib/server/members/request";
import { answerData, withProblems } from "@/lib/server/problem";
import { refuseHeaders } from "@/lib/server/request-guard";
import { endOfMember, listOfMember } from "./of-member";
import { endOwn } from "./own";
import { listSessions, type Which } from "./store";

interface OwnRoute {
  readonly params: Promise<OfOrganisation & { readonly session?: string }>;
}

interface OfMemberSession extends OfItem {
  readonly session: string;
}

/** A handle of the address. Throws `NOT_FOUND` for what can be none. */
function requireHandle(text: string): string {
  if (!/^[\da-f]{16}$/.test(text)) throw new Failure("NOT_FOUND");
  return text;
}

/** Any member of the organisation, for what is their own. */
async function ownerOf(request: Request, route: OwnRoute): Promise<Principal> {
  const principal = await requirePrincipal(request.headers);
  membershipOf(principal, (await route.params).org);
  return principal;
}

/** `GET /api/<org>/account/sessions`: one's own open sessions. */
export const ownSessions = withProblems<OwnRoute>(async (request, route, requestId) => {
  refuseHeaders(request.headers);
  const { personId, sessionId } = await ownerOf(request, route);
  return answerData(await listSessions(personId, sessionId), requestId);
});

const endOwnOf = (whichOf: (principal: Principal, session: string) => Which) =>
  withProblems<OwnRoute>(async (request, route, requestId) => {
    guard(request);
    const principal = await ownerOf(request, route);
    await readInput(request, nothingInput);
    const which = whichOf(principal, (await route.params).session ?? "");
    return answerData(await endOwn(principal, which, requestId), requestId);
  });

/** `DELETE /api/<org>/account/sessions`: every other one of one's own. */
export const ownSessionsEnd = endOwnOf(({ sessionId }) => ({ allBut: sessionId }));

/** `DELETE /api/<org>/account/sessions/<session>`: one of one's own. */
export const ownSessionEnd = endOwnOf((_principal, session) => ({ only: requireHandle(session) }));

/** `GET /api/<org>/members/<person>/sessions`. */
export const memberSessions = readAs<OfItem>((context, { id }) => listOfMember(context, requireId(id)));

/** `DELETE /api/<org>/members/<person>/sessions`: all of them, but for the asking administrator's own session. */
export const memberSessionsEnd = actAs<OfItem, typeof nothingInput>(
  { right: peopleRight, action: "session.revoke", about: ({ id }) => ({ member: id.slice(0, 36) }) },
  nothingInput,
  (context, _input, { id }) => endOfMember(context, requireId(id), null),
);

/** `DELETE /api/<org>/members/<person>/sessions/<session>`. */
export const memberSessionEnd = actAs<OfMemberSession, typeof nothingInput>(
  {
    right: peopleRight,
    action: "session.revoke",
    about: ({ id, session }) => ({ member: id.slice(0, 36), session: session.slice(0, 16) }),
  },
  nothingInput,
  (context, _input, { id, session }) => endOfMember(context, requireId(id), requireHandle(session)),
);
