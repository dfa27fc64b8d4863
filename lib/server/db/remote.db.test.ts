import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Secret } from "@/lib/server/secret";
import { StartupError } from "@/lib/server/startup-error";
import { adoptDatabase, openDatabase } from "./database";
import { withOrganisation } from "./organisation";
import { withPlatform } from "./platform";
import { organisations, people } from "@/lib/server/db/schema/platform";
import { workspaces } from "@/lib/server/db/schema/tenant";
import { onPostgres } from "./testing";

onPostgres("HA-08: a database user who is no superuser", (url) => {
  const suffix = randomBytes(4).toString("hex");
  const names = {
    owner: `wf_owner_${suffix}`,
    stranger: `wf_stranger_${suffix}`,
    database: `wf_remote_${suffix}`,
  };
  let server: postgres.Sql;

  beforeAll(async () => {
    server = postgres(url, { max: 1, onnotice: () => undefined });
    await server`create role ${server(names.owner)} login createrole`;
    await server`create role ${server(names.stranger)} login`;
    await server`create database ${server(names.database)} owner ${server(names.owner)}`;
  });
  afterAll(async () => {
    await server`drop database ${server(names.database)} with (force)`;
    await server`revoke watchfloor_app, watchfloor_platform from ${server(names.owner)}`;
    await server`drop role ${server(names.owner)}`;
    await server`drop role ${server(names.stranger)}`;
    await server.end();
  });

  const at = (user: string, database: string) => {
    const address = new URL(url);
    address.username = user;
    address.pathname = `/${database}`;
    return { kind: "postgres" as const, url: new Secret(address.href) };
  };
  const sentenceOf = async (user: string, database: string): Promise<string> => {
    try {
      await (await openDatabase(at(user, database))).close();
    } catch (error) {
      if (error instanceof StartupError) return error.message;
      throw error;
    }
    throw new Error("it opened");
  };

  test("may lay the schema, is granted the roles, and is confined by them", async () => {
    const open = await openDatabase(at(names.owner, names.database));
    adoptDatabase(open);
    const rows = await withPlatform((tx) =>
      tx
        .insert(organisations)
        .values([
          { slug: "one", name: "One" },
          { slug: "two", name: "Two" },
        ])
        .returning({ id: organisations.id }),
    );
    for (const { id } of rows)
      await withOrganisation(id, (tx) =>
        tx.insert(workspaces).values({ organisationId: id, workspaceId: `of ${id}`, learnedFrom: "test" }),
      );
    for (const { id } of rows)
      expect(
        (await withOrganisation(id, (tx) => tx.select().from(workspaces))).map((row) => row.organisationId),
      ).toEqual([id]);
    await expect(withOrganisation(rows[0]!.id, (tx) => tx.select().from(people))).rejects.toMatchObject({
      sqlState: "42501",
    });
    // Even the owner, without a role of ours, sees nothing: the tables force their policies on everybody but superusers.
    expect(await open.db.select().from(workspaces)).toEqual([]);
    await open.close();
    // The second start finds everything there.
    await (await openDatabase(at(names.owner, names.database))).close();
  });

  test("who was not granted the roles is told what to grant", async () => {
    expect(await sentenceOf(names.stranger, names.database)).toMatch(/DATABASE_URL|GRANT watchfloor_app/);
  });

  test("a database that does not exist is named as such", async () => {
    expect(await sentenceOf(names.owner, "no_such_database")).toMatch(
      /database named in DATABASE_URL does not exist/,
    );
  });

  test("a user who does not exist is named as such", async () => {
    expect(await sentenceOf("no_such_user", names.database)).toMatch(
      /refused its user or password \(28\w{3}\)/,
    );
  });
});

test("a server that does not answer is one sentence without the address's password", async () => {
  const store = {
    kind: "postgres" as const,
    url: new Secret("postgres://u:password-canary@127.0.0.1:1/none"),
  };
  const error: unknown = await openDatabase(store).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(StartupError);
  expect(String(error)).toMatch(/does not answer \(ECONNREFUSED\)/);
  expect(String(error)).not.toContain("canary");
});
