import "server-only";
import type { z } from "zod";
import type { Principal } from "@/lib/domain/access";
import { auth } from "@/lib/server/auth/session";
import { answerData, withProblems } from "@/lib/server/problem";
import { addGroup, changeGroup, removeGroup } from "./groups";
import {
  acceptInput,
  groupChangeInput,
  groupInput,
  invitationInput,
  lookInput,
  memberInput,
  nothingInput,
} from "./input";
import { acceptInvitation, invite, lookAtInvitation, withdrawInvitation } from "./invitations";
import { changeMember, removeMember } from "./manage";
import {
  type ActRight,
  actAs,
  guard,
  type OfItem,
  type OfOrganisation,
  peopleRight,
  readAs,
  readInput,
  requireId,
} from "./request";
import { requireGroupKeeper } from "./rights";
import { viewMembers } from "./view";

/** Groups are for managers; one that sight rests on is an administrator's (`groups.ts`). */
const groupRight: ActRight = { permission: "workspaces:manage", require: requireGroupKeeper };

/** The id of the address as the audit names it: cut, because it may be anything. */
const named = (what: "member" | "invitation" | "group") => (params: { readonly id: string }) => ({
  [what]: params.id.slice(0, 36),
});

/** `GET /api/<org>/members`. */
export const membersView = readAs<OfOrganisation>(viewMembers);

/** `PUT /api/<org>/members/<person>`: role, scope, disabled or not. */
export const memberChange = actAs<OfItem, typeof memberInput>(
  { right: peopleRight, action: "member.change", about: named("member") },
  memberInput,
  (context, { password, ...input }, { id }) => changeMember(context, requireId(id), input, password),
);

/** `DELETE /api/<org>/members/<person>`. */
export const memberRemove = actAs<OfItem, typeof nothingInput>(
  { right: peopleRight, action: "member.remove", about: named("member") },
  nothingInput,
  (context, _input, { id }) => removeMember(context, requireId(id)),
);

/** `POST /api/<org>/invitations`. */
export const invitationAdd = actAs<OfOrganisation, typeof invitationInput>(
  { right: peopleRight, action: "invitation.add" },
  invitationInput,
  (context, { password, ...input }) => invite(context, input, password),
);

/** `DELETE /api/<org>/invitations/<invitation>`. */
export const invitationWithdraw = actAs<OfItem, typeof nothingInput>(
  { right: peopleRight, action: "invitation.withdraw", about: named("invitation") },
  nothingInput,
  (context, _input, { id }) => withdrawInvitation(context, requireId(id)),
);

/** `POST /api/<org>/workspace-groups`. */
export const groupAdd = actAs<OfOrganisation, typeof groupInput>(
  { right: groupRight, action: "workspace-group.add" },
  groupInput,
  addGroup,
);

/** `PUT /api/<org>/workspace-groups/<group>`. */
export const groupChange = actAs<OfItem, typeof groupChangeInput>(
  { right: groupRight, action: "workspace-group.change", about: named("group") },
  groupChangeInput,
  (context, input, { id }) => changeGroup(context, requireId(id), input),
);

/** `DELETE /api/<org>/workspace-groups/<group>`. */
export const groupRemove = actAs<OfItem, typeof nothingInput>(
  { right: groupRight, action: "workspace-group.remove", about: named("group") },
  nothingInput,
  (context, _input, { id }) => removeGroup(context, requireId(id)),
);

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
