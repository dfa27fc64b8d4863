import "server-only";
import { Failure } from "@/lib/errors";
import { env } from "@/lib/server/env";
import { answerHeaders, withProblems } from "@/lib/server/problem";
import { guardWrite, readJson } from "@/lib/server/request-guard";
import { makeFirstAdmin, type SetupInput, setupInput, setupIsNeeded } from "@/lib/server/setup/first-admin";

function json(value: unknown, requestId: string, status = 200): Response {
  return new Response(JSON.stringify(value), {
    status,
    headers: answerHeaders(requestId, "application/json"),
  });
}

/** Throws `Failure("INVALID_INPUT")` with a sentence for each field at fault. */
async function readInput(request: Request): Promise<SetupInput> {
  const parsed = setupInput.safeParse(await readJson(request));
  if (parsed.success) return parsed.data;
  const errors: Record<string, string[]> = {};
  for (const issue of parsed.error.issues)
    (errors[issue.path.map(String).join(".")] ??= []).push(issue.message);
  throw new Failure("INVALID_INPUT", { errors });
}

/** `GET /api/setup`: is there anything to set up? */
export const handleSetupState = withProblems(async (_request, _context: unknown, requestId) =>
  json({ needed: await setupIsNeeded() }, requestId),
);

/** `POST /api/setup`: the first admin, by the one-time code from the log. */
export const handleSetup = withProblems(async (request, _context: unknown, requestId) => {
  guardWrite(request.headers, env().publicUrl);
  await makeFirstAdmin(await readInput(request), env().organisationSlug, requestId);
  return json({ needed: false }, requestId, 201);
});
