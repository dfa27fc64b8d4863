import "server-only";
import type { z } from "zod";
import type { Principal } from "@/lib/domain/access";
import { authorise, membershipOf } from "@/lib/server/access";
import { callerAddress } from "@/lib/server/auth/address";
import { confirmPerson } from "@/lib/server/auth/confirm";
import { requirePrincipal } from "@/lib/server/auth/session";
import { env } from "@/lib/server/env";
import { parseFields } from "@/lib/server/field-errors";
import { answerData, withProblems } from "@/lib/server/problem";
import { guardWrite, readJson, refuseHeaders } from "@/lib/server/request-guard";
import { callOperation, type CallOperation, tryOperation } from "@/lib/server/upstream/call";
import { besideInput, credentialInput, replaceInput, testInput } from "./input";
import {
  type ActContext,
  addCredential,
  replaceConnection,
  retireCredential,
  switchCredential,
  testConnection,
  viewConnection,
} from "./manage";

export interface ConnectionRouteContext {
  readonly params: Promise<{ readonly org: string }>;
}

/** What a test puts in another's place. */
export interface ConnectionDependencies {
  readonly requirePrincipal: (headers: Headers) => Promise<Principal>;
  /** For a credential that is only being tried. */
  readonly call: CallOperation;
  /** For the one in use: how it goes is part of the connection's health. */
  readonly callStored: CallOperation;
}

const production: ConnectionDependencies = {
  requirePrincipal,
  call: tryOperation,
  callStored: callOperation,
};

async function contextOf(
  request: Request,
  route: ConnectionRouteContext,
  requestId: string,
  deps: ConnectionDependencies,
): Promise<ActContext> {
  const principal = await deps.requirePrincipal(request.headers);
  const membership = membershipOf(principal, (await route.params).org);
  authorise(membership, "connection:manage", null);
  return { principal, membership, requestId, call: deps.call, callStored: deps.callStored };
}

/** A call that changes something, or shows a secret to upstream: guarded, authorised, parsed, confirmed where it carries a password. */
function act<Schema extends z.ZodType>(
  schema: Schema,
  perform: (context: ActContext, input: z.output<Schema>) => Promise<unknown>,
  options: { readonly isConfirmed: boolean },
) {
  return (deps: ConnectionDependencies = production) =>
    withProblems<ConnectionRouteContext>(async (request, route, requestId) => {
      refuseHeaders(request.headers);
      guardWrite(request.headers, env().publicUrl);
      const context = await contextOf(request, route, requestId, deps);
      const input = parseFields(schema, await readJson(request));
      if (options.isConfirmed) {
        const { password } = input as { readonly password?: string };
        await confirmPerson(context.principal, password, callerAddress(request.headers));
      }
      return answerData((await perform(context, input)) ?? {}, requestId);
    });
}

/** `GET /api/<org>/connection`. */
export const connectionView = (deps: ConnectionDependencies = production) =>
  withProblems<ConnectionRouteContext>(async (request, route, requestId) => {
    refuseHeaders(request.headers);
    return answerData(await viewConnection(await contextOf(request, route, requestId, deps)), requestId);
  });

/** `PUT /api/<org>/connection`: connects, or connects anew. */
export const connectionReplace = act(
  replaceInput,
  (context, { baseUrl, clientId, clientSecret }) =>
    replaceConnection(context, { baseUrl, clientId, clientSecret }),
  { isConfirmed: true },
);

/** `POST /api/<org>/connection/test`: what a credential may do. */
export const connectionTest = act(testInput, testConnection, { isConfirmed: false });

/** `POST /api/<org>/connection/credential`: a second credential. */
export const credentialAdd = act(
  credentialInput,
  (context, { clientId, clientSecret }) => addCredential(context, { clientId, clientSecret }),
  { isConfirmed: true },
);

/** `POST /api/<org>/connection/credential/switch`: the second one takes over. */
export const credentialSwitch = act(besideInput, (context, { id }) => switchCredential(context, id), {
  isConfirmed: false,
});

/** `POST /api/<org>/connection/credential/retire`: drops the second one. */
export const credentialRetire = act(besideInput, (context, { id }) => retireCredential(context, id), {
  isConfirmed: false,
});
