import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { Failure } from "@/lib/errors";
import { connectionFor, readConnection, saveConnection } from "./connection";
import { database, rowsOf } from "@/lib/server/db/database";
import { withOrganisation } from "@/lib/server/db/organisation";
import { withPlatform } from "@/lib/server/db/platform";
import { organisations } from "@/lib/server/db/schema/platform";
import { connectionCredentials, connections } from "@/lib/server/db/schema/tenant";
import { forEachEngine } from "@/lib/server/db/testing";
import { Secret } from "@/lib/server/secret";

const canary = "connection-canary-secret-0001";
const input = {
  baseUrl: "https://portal.example.com/api/v2",
  clientId: "client-1",
  clientSecret: new Secret(canary),
};

forEachEngine("the connection of an organisation", (open) => {
  let one = "";
  let two = "";

  beforeAll(async () => {
    await open();
    const rows = await withPlatform((tx) =>
      tx
        .insert(organisations)
        .values([
          { slug: "one", name: "One" },
          { slug: "two", name: "Two" },
        ])
        .returning({ id: organisations.id }),
    );
    [one, two] = [rows[0]!.id, rows[1]!.id];
  });
  beforeEach(async () => {
    vi.useRealTimers();
    await withOrganisation(one, (tx) => saveConnection(tx, one, input));
    // Whatever an earlier test left in the two-second memory is too old now.
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + (passed += 60_000) });
  });
  let passed = 0;

  const read = (id: string) => withOrganisation(id, (tx) => readConnection(tx, id));

  test("is stored, and its secret opens for its organisation", async () => {
    const connection = await connectionFor(one);
    expect(connection).toMatchObject({ organisationId: one, baseUrl: input.baseUrl, clientId: "client-1" });
    expect(connection.clientSecret.reveal()).toBe(canary);
    expect(JSON.stringify(connection)).not.toContain(canary);
  });

  test("another organisation has none", async () => {
    await expect(connectionFor(two)).rejects.toMatchObject({ code: "NO_CONNECTION" });
  });

  test("SEC-01: the secret stands nowhere in the database, in any of its forms", async () => {
    const db = await database();
    const forms = [
      canary,
      Buffer.from(canary).toString("hex"),
      Buffer.from(canary).toString("base64").slice(0, -4),
    ];
    const seen: string[] = [];
    for (const table of ["connections", "connection_credentials", "audit", "instance_settings"]) {
      const rows = rowsOf(
        await db.execute(sql`select row_to_json(t) as row from ${sql.identifier(table)} t`),
      );
      seen.push(...rows.map((row) => JSON.stringify(row)));
    }
    expect(seen.length).toBeGreaterThanOrEqual(2);
    expect(seen.filter((row) => forms.some((form) => row.includes(form)))).toEqual([]);
  });

  test("SEC-10: after a change of the base address by hand the secret is unusable, and the person is told", async () => {
    await withOrganisation(one, (tx) =>
      tx.update(connections).set({ baseUrl: "https://evil.example.net/api/v2" }),
    );
    const failure: unknown = await connectionFor(one).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toMatchObject({ code: "NO_CONNECTION" });
    expect(String(failure)).toMatch(/enter it again/);
  });

  test("SEC-10: a sealed secret moved to another organisation's row does not open there", async () => {
    const [credential] = await withOrganisation(one, (tx) => tx.select().from(connectionCredentials));
    await withOrganisation(two, async (tx) => {
      await saveConnection(tx, two, { ...input, clientSecret: new Secret("other") });
      await tx.update(connectionCredentials).set({ sealedSecret: credential!.sealedSecret });
    });
    await expect(connectionFor(two)).rejects.toMatchObject({ code: "NO_CONNECTION" });
    await withOrganisation(two, (tx) => tx.delete(connections));
  });

  test("a path below the same origin may change", async () => {
    await withOrganisation(one, (tx) =>
      tx.update(connections).set({ baseUrl: "https://portal.example.com/v2" }),
    );
    expect((await connectionFor(one)).baseUrl).toBe("https://portal.example.com/v2");
  });

  test("saving again replaces address and credential, under a new credential id", async () => {
    const before = await read(one);
    await withOrganisation(one, (tx) =>
      saveConnection(tx, one, {
        baseUrl: "https://new.example.com",
        clientId: "client-2",
        clientSecret: new Secret("s2"),
      }),
    );
    const after = await read(one);
    expect(after).toMatchObject({ baseUrl: "https://new.example.com", clientId: "client-2" });
    expect(after?.clientSecret.reveal()).toBe("s2");
    expect(after?.credentialId).not.toBe(before?.credentialId);
    expect(await withOrganisation(one, (tx) => tx.select().from(connectionCredentials))).toHaveLength(1);
  });

  test("is kept for two seconds and not longer", async () => {
    const start = Date.now();
    expect((await connectionFor(one)).clientId).toBe("client-1");
    await withOrganisation(one, (tx) => saveConnection(tx, one, { ...input, clientId: "client-3" }));
    vi.setSystemTime(start + 1_999);
    expect((await connectionFor(one)).clientId).toBe("client-1");
    vi.setSystemTime(start + 2_001);
    expect((await connectionFor(one)).clientId).toBe("client-3");
  });

  test("calls at the same time ask the database once", async () => {
    const [a, b] = await Promise.all([connectionFor(one), connectionFor(one)]);
    expect(a).toBe(b);
  });

  test("of two credentials during a rotation the current one is used", async () => {
    const [current] = await withOrganisation(one, (tx) => tx.select().from(connectionCredentials));
    await withOrganisation(one, (tx) =>
      tx.insert(connectionCredentials).values({
        ...current!,
        id: "5f0c3a52-6a4c-4e55-9b0e-4a3f6c2f4c11",
        clientId: "next",
        isCurrent: false,
      }),
    );
    expect((await read(one))?.clientId).toBe("client-1");
    await expect(
      withOrganisation(one, (tx) => tx.update(connectionCredentials).set({ isCurrent: true })),
    ).rejects.toMatchObject({ sqlState: "23505" });
  });
});
