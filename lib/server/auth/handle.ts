import "server-only";
import { randomUUID } from "node:crypto";
import NextAuth from "next-auth";
import { NextRequest } from "next/server";
import { Failure } from "@/lib/errors";
import { routes } from "@/lib/routes";
import { callerAddress } from "@/lib/server/auth/address";
import { admitCallback } from "@/lib/server/auth/callback-limit";
import { type AuthRequest, authOptions } from "@/lib/server/auth/next-auth";
import { originFor } from "@/lib/server/auth/origin";
import { env, prepareNextAuth } from "@/lib/server/env";
import { log } from "@/lib/server/log";
import { problemResponse } from "@/lib/server/problem";

/** A sign-in form is a few hundred bytes; a password has at most 1,024 characters. */
const mostBytes = 16_384;

/** What next-auth may be asked. Its `_log` would let anybody write into our log. */
const actions: ReadonlySet<string> = new Set([
  "csrf",
  "session",
  "providers",
  "signin",
  "signout",
  "callback",
  "error",
]);

export interface AuthContext {
  readonly params: Promise<{ nextauth: string[] }>;
}

/** The request with its body read, up to a bound: next-auth reads without one. */
async function bounded(request: NextRequest): Promise<NextRequest> {
  if (request.method !== "POST" || !request.body) return request;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) throw new Failure("BODY_TOO_LARGE");
    chunks.push(chunk);
  }
  return new NextRequest(request.url, {
    method: "POST",
    headers: request.headers,
    body: Buffer.concat(chunks),
  });
}

/** next-auth's answer, with addresses of ours under the name that the browser used. */
async function inPlace(answer: Response, host: string | null): Promise<Response> {
  const configured = new URL(env().publicUrl).origin;
  const origin = originFor(configured, host);
  const headers = new Headers(answer.headers);
  headers.set("cache-control", "no-store");
  if (origin === configured) return new Response(answer.body, { status: answer.status, headers });
  const here = (text: string) =>
    text
      .replaceAll(configured, origin)
      .replaceAll(encodeURIComponent(configured), encodeURIComponent(origin));
  const location = headers.get("location");
  if (location !== null) headers.set("location", here(location));
  return new Response(here(await answer.text()), { status: answer.status, headers });
}

const isProviderAnswer = ([action, provider]: readonly string[]) =>
  action === "callback" && provider !== "credentials";

/** A person's browser arrives here by a redirect: it is led on to the sign-in page, which has words for the failure. */
function backToSignIn(request: NextRequest, error: unknown, requestId: string): Response {
  const { code } = error instanceof Failure ? error : new Failure("INTERNAL");
  log.warn({ err: error, requestId }, "a provider's answer was not looked at");
  const target = new URL(routes.signIn(), originFor(env().publicUrl, request.headers.get("host")));
  target.searchParams.set("error", code);
  return new Response(null, {
    status: 302,
    headers: { location: target.href, "cache-control": "no-store", "x-request-id": requestId },
  });
}

/** `/api/auth/*`: next-auth with our limits, sessions and audit. */
export async function handleAuth(request: NextRequest, context: AuthContext): Promise<Response> {
  const requestId = randomUUID();
  const { nextauth } = await context.params;
  try {
    if (!actions.has(nextauth[0] ?? "")) throw new Failure("NOT_FOUND");
    prepareNextAuth();
    const address = callerAddress(request.headers);
    const attemptId = isProviderAnswer(nextauth) ? await admitCallback(address, requestId) : null;
    const userAgent = request.headers.get("user-agent");
    const asked: AuthRequest = { requestId, address, userAgent, attemptId, failure: null, token: null };
    const answer: unknown = await NextAuth(
      await bounded(request),
      { params: { nextauth } },
      authOptions(asked),
    );
    if (asked.failure) throw asked.failure;
    if (!(answer instanceof Response)) throw new Error("next-auth gave no answer");
    return await inPlace(answer, request.headers.get("host"));
  } catch (error) {
    if (isProviderAnswer(nextauth)) return backToSignIn(request, error, requestId);
    return problemResponse(error, requestId);
  }
}
