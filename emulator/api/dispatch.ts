import { type OperationId, registry } from "@/lib/contract";
import { matchOperation } from "@/lib/contract/match";
import { mutateData } from "../faults/mutations";
import type { FaultScene } from "../faults/faults";
import { handlers } from "../handlers";
import { ApiProblem, codeForStatus, notFound } from "../http/problem";
import { type Answer, envelope, htmlAnswer, problemAnswer } from "../http/reply";
import type { World } from "../world/world";
import { requireScope, requireWorkspace, visibleTo } from "./authorise";
import { bodySchemaOf } from "./bodies";
import { authenticate } from "./credentials";
import type { Call, Outcome } from "./handler";
import { parseJson, readBody, readParams, readQuery } from "./input";

/** An API request, as it came. */
export interface ApiRequest {
  readonly method: string;
  /** The whole path, still percent-encoded. */
  readonly rawPath: string;
  readonly search: URLSearchParams;
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
  readonly body: Buffer;
  readonly requestId: string;
}

export interface Routed {
  readonly id: OperationId;
  readonly params: Record<string, string>;
}

/** @returns the operation, or the problem that an unroutable request is answered with */
export function route(method: string, path: string): Routed | ApiProblem {
  const match = matchOperation(method, path);
  if (!("error" in match)) return match;
  if (match.error === "malformed") return new ApiProblem("BAD_REQUEST", "The request path is malformed.");
  if (match.error === "method")
    return new ApiProblem("METHOD_NOT_ALLOWED", `The method ${method} is not allowed here.`);
  return notFound("Route", path);
}

export function sceneOf(routed: Routed | ApiProblem): FaultScene {
  if (routed instanceof ApiProblem) return { operation: null, workspaceId: null };
  return { operation: routed.id, workspaceId: routed.params.workspaceId ?? null };
}

/** Faults that answer in the operation's place, or `null` when none strikes. */
function faultAnswer(world: World, scene: FaultScene, request: ApiRequest): Answer | null {
  const place = { instance: request.rawPath, requestId: request.requestId, now: world.clock.now() };
  const limited = world.faults.strike("retryAfter", scene);
  if (limited !== null) {
    const retryAfter = limited.text ?? String(limited.seconds ?? 1);
    const headers = { "retry-after": retryAfter };
    return problemAnswer(new ApiProblem("RATE_LIMITED", "Too many requests. Slow down.", { headers }), place);
  }
  const failing = world.faults.strike("status", scene);
  if (failing !== null) {
    const problem = new ApiProblem(
      codeForStatus(failing.status),
      "The service could not complete the request.",
    );
    return problemAnswer(problem, place, failing.status);
  }
  const html = world.faults.strike("html", scene);
  return html === null ? null : htmlAnswer(html.status ?? 502);
}

/** Authentication, scope, workspace role, input, in this order; then the operation itself. */
async function perform(
  world: World,
  routed: Routed,
  scene: FaultScene,
  request: ApiRequest,
): Promise<Outcome> {
  const { id } = routed;
  const operation = registry[id];
  const schema = bodySchemaOf(id);
  const caller = authenticate(world, request.authorization);
  requireScope(caller, id);
  const params: Record<string, unknown> = readParams(operation, routed.params);
  const workspace =
    operation.tenancy === "path" ? requireWorkspace(caller, id, String(params.workspaceId)) : null;
  const call = {
    world,
    ...caller,
    visible: visibleTo(caller),
    workspace,
    params,
    query: readQuery(operation, request.search),
    body: schema === null ? null : readBody(schema, parseJson(request.body, request.contentType)),
    now: world.clock.now(),
    scene,
    alternate: world.faults.strike("alternateShapes", scene) !== null,
  };
  // The parts were read by this operation's own schemas, so this is the call that its handler takes; the compiler
  // cannot follow an id that is only known at run time.
  const handler = handlers[id] as (call: unknown) => Outcome | Promise<Outcome>;
  return handler(call satisfies Omit<Call<OperationId>, "workspace" | "params" | "query" | "body">);
}

/** Answers one API request. Never throws: a fault of the emulator itself is a 500 whose detail says what it was. */
export async function answerRequest(
  world: World,
  routed: Routed | ApiProblem,
  request: ApiRequest,
): Promise<Answer> {
  const place = { instance: request.rawPath, requestId: request.requestId, now: world.clock.now() };
  const scene = sceneOf(routed);
  try {
    const replaced = faultAnswer(world, scene, request);
    if (replaced !== null) return replaced;
    if (routed instanceof ApiProblem) throw routed;
    const { status, data } = await perform(world, routed, scene, request);
    return envelope(status, mutateData(world.faults, scene, data), request.requestId, world.clock.now());
  } catch (error) {
    if (error instanceof ApiProblem) return problemAnswer(error, place);
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return problemAnswer(new ApiProblem("INTERNAL_ERROR", `The emulator failed: ${detail}`), place);
  }
}
