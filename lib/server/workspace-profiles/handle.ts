import "server-only";
import type { z } from "zod";
import type { AnyPermission } from "@/lib/domain/access";
import { isGuid } from "@/lib/domain/guid";
import { Failure } from "@/lib/errors";
import { authorise, membershipOf } from "@/lib/server/access";
import { auditingRefusals } from "@/lib/server/audit/refusal";
import { requirePrincipal } from "@/lib/server/auth/session";
import { guard, type OfItem, type OfOrganisation, readInput } from "@/lib/server/members/request";
import { answerData, withProblems } from "@/lib/server/problem";
import { refuseHeaders } from "@/lib/server/request-guard";
import { changeProfile, changeProfiles } from "./change";
import type { ProfilesContext } from "./context";
import { changesInput, profileInput } from "./input";
import { readDetail, readOverview } from "./read";

interface Route<Params> {
  readonly params: Promise<Params>;
}

async function contextOf(request: Request, org: string, requestId: string): Promise<ProfilesContext> {
  const principal = await requirePrincipal(request.headers);
  return { principal, membership: membershipOf(principal, org), requestId };
}

/** The workspace of the address. Throws `NOT_FOUND` for what can be none. */
function requireWorkspaceId(id: string): string {
  if (!isGuid(id)) throw new Failure("NOT_FOUND");
  return id.toLowerCase();
}

function read<Params extends OfOrganisation>(
  answer: (context: ProfilesContext, params: Params) => Promise<unknown>,
) {
  return withProblems<Route<Params>>(async (request, route, requestId) => {
    refuseHeaders(request.headers);
    const params = await route.params;
    const context = await contextOf(request, params.org, requestId);
    authorise(context.membership, "workspaces:read", null);
    return answerData(await answer(context, params), requestId);
  });
}

/** `GET /api/<org>/workspaces/overview`: every workspace within sight, with what people made of it and what was read of it. */
export const overviewView = read<OfOrganisation>((context) => readOverview(context, Date.now()));

/** `GET /api/<org>/workspaces/<workspace>`. */
export const workspaceView = read<OfItem>(async (context, { id }) =>
  readDetail(context, requireWorkspaceId(id), Date.now()),
);

/** Audited also when it is refused. */
const permission: AnyPermission = "workspaces:manage";

function act<Params extends OfOrganisation & { readonly id?: string }, Schema extends z.ZodType>(
  schema: Schema,
  perform: (context: ProfilesContext, input: z.output<Schema>, params: Params) => Promise<unknown>,
) {
  return withProblems<Route<Params>>(async (request, route, requestId) => {
    guard(request);
    const params = await route.params;
    const context = await contextOf(request, params.org, requestId);
    const { organisationId } = context.membership;
    const { personId } = context.principal;
    let asked: unknown = null;
    const detailOf = () => ({
      ...(params.id === undefined ? {} : { workspace: params.id.slice(0, 36) }),
      ...(asked === null ? {} : { asked }),
    });
    const refusable = { organisationId, personId, action: "workspace.change", permission, requestId };
    const done = await auditingRefusals(refusable, detailOf, async () => {
      authorise(context.membership, permission, null);
      const input = await readInput(request, schema);
      asked = input;
      return perform(context, input, params);
    });
    return answerData(done, requestId);
  });
}

/** `PUT /api/<org>/workspaces/<workspace>`. */
export const workspaceChange = act<OfItem, typeof profileInput>(
  profileInput,
  async (context, input, { id }) => changeProfile(context, requireWorkspaceId(id), input),
);

/** `POST /api/<org>/workspaces/changes`. */
export const workspacesChange = act<OfOrganisation, typeof changesInput>(changesInput, changeProfiles);
