import { parseArgs } from "node:util";
import { Failure } from "@/lib/errors";
import { routes } from "@/lib/routes";
import { closeDatabase, database } from "@/lib/server/db/database";
import { env, StartupError } from "@/lib/server/env";
import { addOrganisation } from "@/lib/server/setup/add-organisation";
import { proveKeys } from "@/lib/server/vault/prove-keys";

/**
 * `npm run organisation:add -- --slug acme --name "Acme" --admin ada@example.com`: makes an organisation and prints the link by which its first
 * administrator joins, once. The embedded store takes one process: stop Watchfloor first.
 */
function readArguments(): Readonly<Record<string, string | undefined>> {
  const text = { type: "string" } as const;
  return parseArgs({ options: { slug: text, name: text, admin: text } }).values;
}

/** A refusal in one line, with the arguments as they are typed. */
function sentenceOf({ details, message }: Failure): string {
  const errors = Object.entries(details.errors ?? {});
  return errors.length === 0
    ? message
    : errors.map(([field, messages]) => `--${field}: ${messages.join(", ")}`).join("; ");
}

function isExpected(error: unknown): error is Error {
  return error instanceof StartupError || (error instanceof Error && "code" in error);
}

try {
  const given = readArguments();
  await database();
  await proveKeys();
  const { token, expiresAt } = await addOrganisation(given);
  console.log(
    `Made the organisation "${given.slug}". Its first administrator, ${given.admin}, joins with this link,`,
  );
  console.log(`which works once, until ${expiresAt}, for whoever opens it, and is not shown again:`);
  console.log(new URL(routes.invitation(token), env().publicUrl).href);
} catch (error) {
  if (!isExpected(error)) throw error;
  const why = error instanceof Failure ? sentenceOf(error) : error.message;
  console.error(`No organisation was made: ${why}`);
  process.exitCode = 1;
} finally {
  await closeDatabase();
}
