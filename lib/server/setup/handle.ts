import "server-only";
import { env } from "@/lib/server/env";
import { parseFields } from "@/lib/server/field-errors";
import { answerHeaders, withProblems } from "@/lib/server/problem";
import { guardWrite, readJson } from "@/lib/server/request-guard";
import { makeFirstAdmin, setupInput, setupIsNeeded } from "@/lib/server/setup/first-admin";

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
  guardWrite(request.headers, env().publicUrl);
  await makeFirstAdmin(parseFields(setupInput, await readJson(request)), env().organisationSlug, requestId);
  return json({ needed: false }, requestId, 201);
});
