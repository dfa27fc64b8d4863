import "server-only";
import type { z } from "zod";
import { authorise, membershipOf } from "@/lib/server/access";
import { auditingRefusals } from "@/lib/server/audit/refusal";
import { requirePrincipal } from "@/lib/server/auth/session";
import { nothingInput } from "@/lib/server/members/input";
import { guard, type OfItem, type OfOrganisation, readInput, requireId } from "@/lib/server/members/request";
import { answerData, withProblems } from "@/lib/server/problem";
import { refuseHeaders } from "@/lib/server/request-guard";
import { addView, changeView, chooseDefault, removeView } from "./change";
import type { ViewsContext } from "./context";
import { defaultInput, newViewInput, viewInput } from "./input";
import { listViews } from "./read";

interface Route<Params> {
  readonly params: Promise<Params>;
}

/** Who asks: anybody who may read incidents has views of them. */
async function contextOf(request: Request, org: string, requestId: string): Promise<ViewsContext> {
  const principal = await requirePrincipal(request.headers);
  const membership = membershipOf(principal, org);
  authorise(membership, "incidents:read", null);
  return { principal, membership, requestId };
}

/** `GET /api/<org>/views`. */
export const viewsList = withProblems<Route<OfOrganisation>>(async (request, route, requestId) => {
  refuseHeaders(request.headers);
  const context = await contextOf(request, (await route.params).org, requestId);
  return answerData(await listViews(context), requestId);
});

/** A change: guarded, parsed, done; refused ones are audited. */
function act<Params extends OfOrganisation & { readonly id?: string }, Schema extends z.ZodType>(
  action: string,
  schema: Schema,
  perform: (context: ViewsContext, input: z.output<Schema>, params: Params) => Promise<unknown>,
) {
  return withProblems<Route<Params>>(async (request, route, requestId) => {
    guard(request);
    const params = await route.params;
    const context = await contextOf(request, params.org, requestId);
    const input = await readInput(request, schema);
    const { organisationId } = context.membership;
    const { personId } = context.principal;
    const refusable = { organisationId, personId, action, permission: "incidents:read", requestId };
    const detailOf = () => (params.id === undefined ? {} : { view: params.id.slice(0, 36) });
    const done = await auditingRefusals(refusable, detailOf, () => perform(context, input, params));
    return answerData(done ?? {}, requestId);
  });
}

/** `POST /api/<org>/views`. */
export const viewAdd = act<OfOrganisation, typeof newViewInput>("view.add", newViewInput, addView);

/** `PUT /api/<org>/views/<view>`. */
export const viewChange = act<OfItem, typeof viewInput>("view.change", viewInput, (context, input, { id }) =>
  changeView(context, requireId(id), input),
);

/** `DELETE /api/<org>/views/<view>`. */
export const viewRemove = act<OfItem, typeof nothingInput>(
  "view.remove",
  nothingInput,
  (context, _input, { id }) => removeView(context, requireId(id)),
);

/** `PUT /api/<org>/views/default`. */
export const viewDefault = act<OfOrganisation, typeof defaultInput>(
  "view.default",
  defaultInput,
  chooseDefault,
);
