import { parseArgs } from "node:util";
import type { Role } from "@/lib/domain/access";
import { closeDatabase } from "@/lib/server/db/database";
import { acrossRoles } from "@/lib/server/db/roles";
import { StartupError } from "@/lib/server/env";
import { Secret } from "@/lib/server/secret";
import { ensureOrganisation, ensurePerson, preparePerson, putMembership } from "@/lib/server/setup/people";
import { putConnection } from "@/lib/server/setup/put-connection";
import { proveKeys } from "@/lib/server/vault/prove-keys";
import { demoCredentials } from "./lib/stage.mjs";

/**
 * Fills the store of the environment with the demo's two organisations and six people; a second run brings them back to the same state.
 * Run it before the app starts: the embedded store takes one process.
 */

const password = "watchfloor-demo";

interface Person {
  readonly organisation: keyof typeof demoCredentials;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly workspaces: "all" | readonly string[];
}

function people(managerWorkspaces: readonly string[]): readonly Person[] {
  return [
    { organisation: "main", email: "admin@demo.test", name: "Alex Admin", role: "admin", workspaces: "all" },
    {
      organisation: "main",
      email: "manager@demo.test",
      name: "Mona Manager",
      role: "manager",
      workspaces: managerWorkspaces,
    },
    {
      organisation: "main",
      email: "analyst@demo.test",
      name: "Ana Analyst",
      role: "analyst",
      workspaces: "all",
    },
    {
      organisation: "main",
      email: "viewer@demo.test",
      name: "Vic Viewer",
      role: "viewer",
      workspaces: "all",
    },
    {
      organisation: "globex",
      email: "admin@globex.test",
      name: "Gil Globex",
      role: "admin",
      workspaces: "all",
    },
    ...(["main", "globex"] as const).map((organisation) => ({
      organisation,
      email: "both@demo.test",
      name: "Bo Both",
      role: "analyst" as const,
      workspaces: "all" as const,
    })),
  ];
}

async function seed(baseUrl: string, managerWorkspaces: readonly string[]): Promise<void> {
  const wanted = people(managerWorkspaces);
  const prepared = await Promise.all(wanted.map((person) => preparePerson({ ...person, password })));
  await proveKeys();
  await acrossRoles(async (roles) => {
    const ids = await roles.platform(async (tx) => ({
      main: await ensureOrganisation(tx, "main", "Acme MSSP"),
      globex: await ensureOrganisation(tx, "globex", "Globex Security"),
    }));
    for (const name of ["main", "globex"] as const) {
      const { clientId, secret } = demoCredentials[name];
      await putConnection(roles, ids[name], { baseUrl, clientId, clientSecret: new Secret(secret) }, "demo");
    }
    await roles.platform(async (tx) => {
      for (const [index, { organisation, role, workspaces }] of wanted.entries()) {
        const person = prepared[index];
        if (!person) throw new Error("A person was not prepared.");
        const personId = await ensurePerson(tx, person);
        await putMembership(tx, { personId, organisationId: ids[organisation], role, workspaces });
      }
    });
  });
}

const { values } = parseArgs({
  options: { "base-url": { type: "string" }, "manager-workspaces": { type: "string", default: "" } },
});
if (values["base-url"] === undefined) {
  console.error("usage: seed-demo --base-url http://127.0.0.1:4010/api/v2 [--manager-workspaces id,id,…]");
  process.exit(2);
}
try {
  await seed(
    values["base-url"],
    values["manager-workspaces"].split(",").filter((id) => id !== ""),
  );
  console.log("The demo's organisations and people are in the store.");
} catch (error) {
  if (!(error instanceof StartupError)) throw error;
  console.error(`The demo data were not written: ${error.message}`);
  process.exitCode = 1;
} finally {
  await closeDatabase();
}
