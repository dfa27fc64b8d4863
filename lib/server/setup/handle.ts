import "server-only";
import { env } from "@/lib/server/env";
import { readJson, requireOwnCall } from "@/lib/server/own-call";
import { answerHeaders, withProblems } from "@/lib/server/problem";
import { makeFirstAdmin, setupInput, setupIsNeeded } from "@/lib/server/setup/first-admin";

const mostBytes = 8_192;

function json(value: unknown, requestId: string, status = 200): Response {
  return new Response(JSON.stringify(value), {
    status,
    headers: answerHeaders(requestId, "application/json"),
  });
}

/** `GET /api/setup`: is there anything to set up? */
export const handleSetupState = withProblems(async (_request, _context: unknown, requestId) =>
  json({ needed: await setupIsNeeded() }, requestId),
);

/** `POST /api/setup`: the first admin, by the one-time code from the log. */
export const handleSetup = withProblems(async (request, _context: unknown, requestId) => {
  requireOwnCall(request);
  const input = await readJson(request, setupInput, mostBytes);
  await makeFirstAdmin(input, env().organisationSlug, requestId);
  return json({ needed: false }, requestId, 201);
});
