import "server-only";
import { z } from "zod";
import { Failure } from "@/lib/errors";
import type { AnyPermission } from "@/lib/domain/access";
import { membershipOf } from "@/lib/server/access";
import { auditingRefusals } from "@/lib/server/audit/refusal";
import { callerAddress } from "@/lib/server/auth/address";
import { requirePrincipal } from "@/lib/server/auth/session";
import { env } from "@/lib/server/env";
import { parseFields } from "@/lib/server/field-errors";
import { answerData, withProblems } from "@/lib/server/problem";
import { guardWrite, readJson, refuseHeaders } from "@/lib/server/request-guard";
import type { MembersContext } from "./context";
import { requireManager } from "./rights";

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

/** Who asks, in an organisation of theirs. What they may do there is `lib/server/members/rights`' to say. */
async function contextOf(request: Request, org: string, requestId: string): Promise<MembersContext> {
  const principal = await requirePrincipal(request.headers);
  const address = callerAddress(request.headers);
  return { principal, membership: membershipOf(principal, org), requestId, address };
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

/** Who may do something, and the permission that the audit names for it. */
export interface ActRight {
  readonly permission: AnyPermission;
  /** Throws `FORBIDDEN`. */
  readonly require: (context: MembersContext) => void;
}

/** The right to manage people. */
export const peopleRight: ActRight = { permission: "members:manage", require: requireManager };

/** What a change is called in the audit, whose it is, and under which name the thing stands there that the address names. */
export interface ActName<Params> {
  readonly action: string;
  readonly right: ActRight;
  readonly about?: (params: Params) => Record<string, unknown>;
}

/**
 * A change for who has the right to it: guarded, authorised, parsed, done; refused ones are audited with what was asked for.
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
      permission: name.right.permission,
      requestId,
    };
    const detailOf = () => ({ ...name.about?.(params), ...(Object.keys(asked).length > 0 && { asked }) });
    const done = await auditingRefusals(act, detailOf, async () => {
      name.right.require(context);
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
