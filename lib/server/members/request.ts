import "server-only";
import { z } from "zod";
import { Failure } from "@/lib/errors";
import { authorise, membershipOf } from "@/lib/server/access";
import { auditingRefusals } from "@/lib/server/audit/refusal";
import { callerAddress } from "@/lib/server/auth/address";
import { requirePrincipal } from "@/lib/server/auth/session";
import { env } from "@/lib/server/env";
import { parseFields } from "@/lib/server/field-errors";
import { answerData, withProblems } from "@/lib/server/problem";
import { guardWrite, readJson, refuseHeaders } from "@/lib/server/request-guard";
import type { MembersContext } from "./context";

/** Parameters of the address: of the organisation as a whole, and of one thing in it. */
export interface OfOrganisation {
  readonly org: string;
}

export interface OfItem extends OfOrganisation {
  readonly id: string;
}

/** What Next hands to a route. */
interface Route<Params> {
  readonly params: Promise<Params>;
}

/** Who asks, in an organisation of theirs. Whether they may manage it is `requireManager`'s. */
async function contextOf(request: Request, org: string, requestId: string): Promise<MembersContext> {
  const principal = await requirePrincipal(request.headers);
  const address = callerAddress(request.headers);
  return { principal, membership: membershipOf(principal, org), requestId, address };
}

/**
 * The right to manage people. Only an administrator of all workspaces has it: one who is limited to some could otherwise hand out, or take
 * for themselves, sight of the others.
 */
function requireManager({ membership }: MembersContext): void {
  authorise(membership, "members:manage", null);
  if (membership.scope.kind !== "all")
    throw new Failure("FORBIDDEN", {
      detail: "Only an administrator who sees all workspaces of the organisation can manage its people.",
    });
}

/** For every call with a body. */
export function guard(request: Request): void {
  refuseHeaders(request.headers);
  guardWrite(request.headers, env().publicUrl);
}

/** The body in the schema's form; throws `INVALID_INPUT`. */
export async function readInput<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<z.output<Schema>> {
  return parseFields(schema, await readJson(request));
}

/** An id of the address in lower case. Throws `NOT_FOUND` for what can be nobody's. */
export function requireId(id: string): string {
  if (!z.uuid().safeParse(id).success) throw new Failure("NOT_FOUND");
  return id.toLowerCase();
}

/** A reading for who may manage people. */
export function readAs<Params extends OfOrganisation>(
  read: (context: MembersContext, params: Params) => Promise<unknown>,
) {
  return withProblems<Route<Params>>(async (request, route, requestId) => {
    refuseHeaders(request.headers);
    const params = await route.params;
    const context = await contextOf(request, params.org, requestId);
    requireManager(context);
    return answerData(await read(context, params), requestId);
  });
}

/** What a change is called in the audit, and under which name the thing stands there that the address names. */
export interface ActName<Params> {
  readonly action: string;
  readonly about?: (params: Params) => Record<string, unknown>;
}

/**
 * A change for who may manage people: guarded, authorised, parsed, done; refused ones are audited with what was asked for.
 * `perform` gets the parameters of the address as they came.
 */
export function actAs<Params extends OfOrganisation, Schema extends z.ZodType>(
  name: ActName<Params>,
  schema: Schema,
  perform: (context: MembersContext, input: z.output<Schema>, params: Params) => Promise<unknown>,
) {
  return withProblems<Route<Params>>(async (request, route, requestId) => {
    guard(request);
    const params = await route.params;
    const context = await contextOf(request, params.org, requestId);
    let asked: Record<string, unknown> = {};
    const act = {
      organisationId: context.membership.organisationId,
      personId: context.principal.personId,
      action: name.action,
      permission: "members:manage",
      requestId,
    };
    const detailOf = () => ({ ...name.about?.(params), ...(Object.keys(asked).length > 0 && { asked }) });
    const done = await auditingRefusals(act, detailOf, async () => {
      requireManager(context);
      const input = await readInput(request, schema);
      asked = withoutSecrets(input);
      return perform(context, input, params);
    });
    return answerData(done ?? {}, requestId);
  });
}

/** What was asked for, as the audit may keep it. */
function withoutSecrets(input: unknown): Record<string, unknown> {
  if (typeof input !== "object" || input === null) return {};
  return Object.fromEntries(Object.entries(input).filter(([name]) => name !== "password"));
}
