import "server-only";
import { z } from "zod";
import type { Principal } from "@/lib/domain/access";
import { Failure } from "@/lib/errors";
import { authorise, membershipOf } from "@/lib/server/access";
import { auth, requirePrincipal } from "@/lib/server/auth/session";
import { env } from "@/lib/server/env";
import { parseFields } from "@/lib/server/field-errors";
import { answerData, withProblems } from "@/lib/server/problem";
import { guardWrite, readJson, refuseHeaders } from "@/lib/server/request-guard";
import type { MembersContext } from "./context";
import { addGroup, changeGroup, removeGroup } from "./groups";
import { acceptInput, groupInput, invitationInput, lookInput, memberInput, nothingInput } from "./input";
import { acceptInvitation, invite, lookAtInvitation, withdrawInvitation } from "./invitations";
import { changeMember, removeMember } from "./manage";
import { viewMembers } from "./view";

interface OrganisationRoute {
  readonly params: Promise<{ readonly org: string }>;
}

interface ItemRoute {
  readonly params: Promise<{ readonly org: string; readonly id: string }>;
}

/**
 * Who asks, with the right to manage people. Only an administrator of all workspaces has it: one who is limited to some could
 * otherwise hand out, or take for themselves, sight of the others.
 */
async function contextOf(request: Request, org: string, requestId: string): Promise<MembersContext> {
  const principal = await requirePrincipal(request.headers);
  const membership = membershipOf(principal, org);
  authorise(membership, "members:manage", null);
  if (membership.scope.kind !== "all")
    throw new Failure("FORBIDDEN", {
      detail: "Only an administrator who sees all workspaces of the organisation can manage its people.",
    });
  return { principal, membership, requestId };
}

async function readInput<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<z.output<Schema>> {
  return parseFields(schema, await readJson(request));
}

function guard(request: Request): void {
  refuseHeaders(request.headers);
  guardWrite(request.headers, env().publicUrl);
}

/** A change on the organisation as a whole. */
function act<Schema extends z.ZodType>(
  schema: Schema,
  perform: (context: MembersContext, input: z.output<Schema>) => Promise<unknown>,
) {
  return withProblems<OrganisationRoute>(async (request, route, requestId) => {
    guard(request);
    const context = await contextOf(request, (await route.params).org, requestId);
    return answerData((await perform(context, await readInput(request, schema))) ?? {}, requestId);
  });
}

/** A change on one thing of the organisation, named by its id in the address. */
function actOn<Schema extends z.ZodType>(
  schema: Schema,
  perform: (context: MembersContext, id: string, input: z.output<Schema>) => Promise<unknown>,
) {
  return withProblems<ItemRoute>(async (request, route, requestId) => {
    guard(request);
    const { org, id } = await route.params;
    const context = await contextOf(request, org, requestId);
    const input = await readInput(request, schema);
    if (!z.uuid().safeParse(id).success) throw new Failure("NOT_FOUND");
    return answerData((await perform(context, id.toLowerCase(), input)) ?? {}, requestId);
  });
}

/** `GET /api/<org>/members`. */
export const membersView = withProblems<OrganisationRoute>(async (request, route, requestId) => {
  refuseHeaders(request.headers);
  const context = await contextOf(request, (await route.params).org, requestId);
  return answerData(await viewMembers(context), requestId);
});

/** `PUT /api/<org>/members/<person>`: role, scope, disabled or not. */
export const memberChange = actOn(memberInput, changeMember);
/** `DELETE /api/<org>/members/<person>`. */
export const memberRemove = actOn(nothingInput, removeMember);
/** `POST /api/<org>/invitations`. */
export const invitationAdd = act(invitationInput, invite);
/** `DELETE /api/<org>/invitations/<invitation>`. */
export const invitationWithdraw = actOn(nothingInput, withdrawInvitation);
/** `POST /api/<org>/workspace-groups`. */
export const groupAdd = act(groupInput, addGroup);
/** `PUT /api/<org>/workspace-groups/<group>`. */
export const groupChange = actOn(groupInput, changeGroup);
/** `DELETE /api/<org>/workspace-groups/<group>`. */
export const groupRemove = actOn(nothingInput, removeGroup);

function invited<Schema extends z.ZodType>(
  schema: Schema,
  perform: (principal: Principal | null, input: z.output<Schema>, requestId: string) => Promise<unknown>,
) {
  return withProblems(async (request, _route: unknown, requestId) => {
    guard(request);
    const input = await readInput(request, schema);
    return answerData(await perform(await auth(request.headers), input, requestId), requestId);
  });
}

/** `POST /api/invitations/look`: for who holds the link, signed in or not. The token is in the body, which no log keeps. */
export const invitationLook = invited(lookInput, (principal, { token }) =>
  lookAtInvitation(principal, token),
);
/** `POST /api/invitations/accept`. */
export const invitationAccept = invited(acceptInput, acceptInvitation);
