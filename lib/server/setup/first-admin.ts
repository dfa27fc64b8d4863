import "server-only";
import { z } from "zod";
import { Failure } from "@/lib/errors";
import { emailInput, nameInput, newPasswordInput } from "@/lib/server/auth/account-input";
import { withPlatform } from "@/lib/server/db/platform";
import { acrossRoles } from "@/lib/server/db/roles";
import { burnSetupCode, checkSetupCode } from "@/lib/server/setup/code";
import {
  isSetupNeeded,
  preparePerson,
  putFirstAdmin,
  recordFirstAdmin,
  takeSetupTurn,
} from "@/lib/server/setup/people";

/** Body of `POST /api/setup`. */
export const setupInput = z.strictObject({
  code: z
    .string()
    .min(1, "Enter the code from the server's log.")
    .max(64, "This is not the code from the log."),
  email: emailInput,
  name: nameInput,
  password: newPasswordInput,
});

export type SetupInput = z.output<typeof setupInput>;

/** True while there is nobody who could sign in. */
export function setupIsNeeded(): Promise<boolean> {
  return withPlatform(isSetupNeeded);
}

/** Counts the try in a transaction that is committed whatever comes of it. */
async function checkCode(code: string): Promise<void> {
  const check = await withPlatform(async (tx) =>
    (await isSetupNeeded(tx)) ? checkSetupCode(tx, code) : "done",
  );
  if (check === "done") throw new Failure("NOT_FOUND", { detail: "Watchfloor is set up already; sign in." });
  if (check === "wrong")
    throw new Failure("INVALID_INPUT", { errors: { code: ["This is not the code from the log."] } });
  if (check === "spent")
    throw new Failure("TOO_MANY_ATTEMPTS", {
      detail: "The code was tried too often; restart Watchfloor for a new one.",
    });
}

/**
 * Makes the first admin of the first organisation with the one-time code from the log.
 * Throws `Failure`: INVALID_INPUT for a wrong code, TOO_MANY_ATTEMPTS when it is burnt, NOT_FOUND when somebody can sign in already.
 */
export async function makeFirstAdmin(
  input: SetupInput,
  organisationSlug: string,
  requestId: string,
): Promise<void> {
  await checkCode(input.code);
  const prepared = await preparePerson(input);
  await acrossRoles(async (roles) => {
    const made = await roles.platform(async (tx) => {
      await takeSetupTurn(tx);
      // Asked again under the lock: of two who hold the code, one is first.
      if (!(await isSetupNeeded(tx)))
        throw new Failure("NOT_FOUND", { detail: "Watchfloor is set up already; sign in." });
      await burnSetupCode(tx);
      return putFirstAdmin(tx, organisationSlug, prepared);
    });
    await recordFirstAdmin(roles, made, { requestId, by: "setup code" });
  });
}
