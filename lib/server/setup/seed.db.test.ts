import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { verifyPassword } from "@/lib/server/auth/password";
import { type ConnectionInput, readConnection } from "@/lib/server/connection/connection";
import { withOrganisation } from "@/lib/server/db/organisation";
import type { OpenDatabase } from "@/lib/server/db/engine";
import { withPlatform } from "@/lib/server/db/platform";
import { memberships, organisations, people } from "@/lib/server/db/schema/platform";
import { audit } from "@/lib/server/db/schema/tenant";
import { emptyStore, forEachEngine } from "@/lib/server/db/testing";
import { StartupError } from "@/lib/server/env";
import { Secret } from "@/lib/server/secret";
import { probeCredential } from "./probe";
import { seedFromEnvironment } from "./seed";

interface Seen {
  readonly url: string;
  readonly authorization: string;
}

/** An upstream that answers everything with one status, and remembers what it was shown. */
let upstream: Server;
let status = 200;
let seen: Seen[] = [];
let baseUrl = "";

beforeAll(async () => {
  upstream = createServer((request, response) => {
    seen.push({ url: request.url ?? "", authorization: request.headers.authorization ?? "" });
    response.writeHead(status, status === 302 ? { location: "/elsewhere" } : {}).end("{}");
  });
  await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
  baseUrl = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}/api/v2`;
});
afterAll(() => new Promise((resolve) => upstream.close(resolve)));
beforeEach(() => {
  status = 200;
  seen = [];
});

const connection = (secret = "first-secret", clientId = "client-1"): ConnectionInput => ({
  baseUrl,
  clientId,
  clientSecret: new Secret(secret),
});

describe("the first look at a credential", () => {
  test.each([
    [200, "accepted"],
    [204, "accepted"],
    [403, "accepted"],
    [401, "refused"],
    [302, "unclear"],
    [404, "unclear"],
    [429, "unclear"],
    [500, "unclear"],
  ])("an answer of %i means %s, after one request", async (answer, verdict) => {
    status = answer;
    expect(await probeCredential(connection())).toMatchObject({ verdict });
    const pair = Buffer.from("client-1:first-secret").toString("base64");
    expect(seen).toEqual([{ url: "/api/v2/users/profile", authorization: `Basic ${pair}` }]);
  });

  test("an upstream that cannot be reached is unclear, with the reason", async () => {
    const probe = await probeCredential({ ...connection(), baseUrl: "http://127.0.0.1:1/api/v2" });
    expect(probe).toEqual({ verdict: "unclear", reason: "it cannot be reached (ECONNREFUSED)" });
  });
});

forEachEngine("seeding from the environment", (open) => {
  let store: OpenDatabase;
  beforeAll(async () => {
    store = await open();
  });
  beforeEach(async () => {
    await emptyStore(store);
  });

  const admin = { email: "boss@example.test", password: new Secret("a-long-enough-password") };
  const seed = (change: Partial<Parameters<typeof seedFromEnvironment>[0]> = {}) =>
    seedFromEnvironment({ organisationSlug: "main", upstream: null, admin: null, ...change });
  const state = async () => {
    const found = await withPlatform(async (tx) => ({
      organisations: await tx.select().from(organisations),
      people: await tx.select().from(people),
      memberships: await tx.select().from(memberships),
    }));
    const [first] = found.organisations;
    const stored = first && (await withOrganisation(first.id, (tx) => readConnection(tx, first.id)));
    const rows = first ? await withOrganisation(first.id, (tx) => tx.select().from(audit)) : [];
    return { ...found, connection: stored ?? null, audit: rows };
  };

  test("an empty environment makes the organisation and nothing else", async () => {
    await seed();
    const made = await state();
    expect(made.organisations).toMatchObject([{ slug: "main", name: "Main" }]);
    expect(made.people).toEqual([]);
    expect(made.connection).toBeNull();
  });

  test("a full one makes organisation, connection and admin, and writes both down", async () => {
    await seed({ organisationSlug: "acme-mssp", upstream: connection(), admin });
    const made = await state();
    expect(made.organisations).toMatchObject([{ slug: "acme-mssp", name: "Acme Mssp" }]);
    expect(made.connection).toMatchObject({ baseUrl, clientId: "client-1" });
    expect(made.connection?.clientSecret.reveal()).toBe("first-secret");
    expect(made.memberships).toMatchObject([{ role: "admin", scope: "all" }]);
    expect(await verifyPassword(made.people[0]?.passwordHash ?? null, "a-long-enough-password")).toBe(true);
    expect(made.audit.map((row) => row.action)).toEqual(["connection.save", "person.first-admin"]);
    expect(JSON.stringify(made.audit)).not.toMatch(/first-secret|long-enough/);
  });

  test("a refused credential stores nothing at all, and the sentence holds no secret", async () => {
    status = 401;
    const error: unknown = await seed({ upstream: connection(), admin }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(StartupError);
    expect(String(error)).toMatch(/refused the service account/);
    expect(String(error)).not.toContain("first-secret");
    expect(await state()).toMatchObject({ organisations: [], people: [], memberships: [] });
    // The next start, with the right one, works.
    status = 200;
    await seed({ upstream: connection(), admin });
    expect((await state()).connection).not.toBeNull();
  });

  test.each([403, 404, 500])("a credential that upstream answers with %i is stored", async (answer) => {
    status = answer;
    await seed({ upstream: connection() });
    expect((await state()).connection).not.toBeNull();
  });

  test("a second start changes nothing and does not even ask upstream", async () => {
    await seed({ upstream: connection(), admin });
    const before = await state();
    seen = [];
    await seed({
      upstream: connection(),
      admin: { ...admin, password: new Secret("another-long-password") },
    });
    const after = await state();
    expect(after.connection?.credentialId).toBe(before.connection?.credentialId);
    expect(after.people).toEqual(before.people);
    expect(after.audit).toEqual(before.audit);
    expect(seen).toEqual([]);
  });

  test("a changed credential is tried and then stored; one that is refused leaves the old one", async () => {
    await seed({ upstream: connection() });
    status = 401;
    await expect(seed({ upstream: connection("second-secret") })).rejects.toBeInstanceOf(StartupError);
    expect((await state()).connection?.clientSecret.reveal()).toBe("first-secret");
    status = 200;
    await seed({ upstream: connection("second-secret") });
    expect((await state()).connection?.clientSecret.reveal()).toBe("second-secret");
  });

  test("an admin of the environment is made on the first start only", async () => {
    await seed({ admin });
    await seed({ admin: { email: "second@example.test", password: new Secret("a-long-enough-password") } });
    expect((await state()).people.map((person) => person.email)).toEqual(["boss@example.test"]);
  });

  test("without a connection in the environment no organisation is added to those that are there", async () => {
    await seed({ organisationSlug: "first" });
    await seed({ organisationSlug: "second" });
    expect((await state()).organisations.map((row) => row.slug)).toEqual(["first"]);
    await seed({ organisationSlug: "second", upstream: connection() });
    expect((await state()).organisations.map((row) => row.slug).sort()).toEqual(["first", "second"]);
  });

  test("of two starters at once each finds one organisation, one connection, one admin", async () => {
    await Promise.all([seed({ upstream: connection(), admin }), seed({ upstream: connection(), admin })]);
    const made = await state();
    expect([made.organisations.length, made.people.length, made.memberships.length]).toEqual([1, 1, 1]);
    expect(made.audit.map((row) => row.action)).toEqual(["connection.save", "person.first-admin"]);
  });
});
