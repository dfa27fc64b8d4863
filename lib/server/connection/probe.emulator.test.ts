import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { callOperation as callEmulator } from "@/emulator/testing/caller";
import { type RunningEmulator, startEmulator } from "@/emulator/start";
import { demoCredentials } from "@/emulator/accounts/account-store";
import { pageLights } from "@/lib/domain/permission-mirror";
import { Secret } from "@/lib/server/secret";
import { closePools } from "@/lib/server/upstream/pools";
import { testUpstream } from "@/lib/server/upstream/testing/test-upstream";
import { type Candidate, probeConnection } from "./probe";

let emulator: RunningEmulator;
let workspaceId = "";
const nothing = () => undefined;
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing };
const call = testUpstream({ log: silent });

beforeAll(async () => {
  emulator = await startEmulator({ scenario: "quiet-night", seed: 7 });
  workspaceId = emulator.control.workspaces()[0]!.id;
});
beforeEach(() => emulator.control.reset());
afterAll(async () => {
  await closePools();
  await emulator.stop();
});

const candidate = (clientId: string, secret: string, baseUrl = emulator.baseUrl): Candidate => ({
  organisationId: "o",
  baseUrl,
  clientId,
  clientSecret: new Secret(secret),
});
const probe = (given: Candidate, workspace: string | null = workspaceId) =>
  probeConnection(given, { call, requestId: "r", workspaceId: workspace });

/** A fresh account with these scopes and a role in one workspace. */
async function account(scopes: readonly string[], role: string | null = "Owner"): Promise<Candidate> {
  const made = await callEmulator(emulator, "serviceAccounts.create", {
    body: {
      name: "Probe",
      organizationalRole: "Member",
      scopes: [...scopes],
      expirationDate: "2027-03-01T00:00:00Z",
      workspaceAssignments: role === null ? [] : [{ workspaceId, role }],
    },
  });
  const { data } = made.json as { data: { clientId: string; clientSecret: string } };
  return candidate(data.clientId, data.clientSecret);
}

const all = [
  "incidents:read",
  "gamebooks:read",
  "datasources:read",
  "tickets:read",
  "webhooks:read",
  "org:service-accounts:read",
  "org:users:read",
  "org:azure:read",
];

describe("N20: what a credential may do is found out by reads", () => {
  test("the demo account lights every page, and its own facts are found", async () => {
    const { clientId, secret } = demoCredentials.main;
    const found = await probe(candidate(clientId, secret));
    expect(found.verdict).toBe("accepted");
    expect(pageLights(found.reads).map(({ page, light }) => [page, light])).toEqual(
      pageLights(found.reads).map(({ page }) => [page, "lit"]),
    );
    expect(found.account?.scopes).toContain("incidents:read");
    expect(found.account?.workspaces).toBe(emulator.control.workspaces().length);
  });

  test.each(all)("without %s exactly that read is named, and the others are unaffected", async (missing) => {
    const found = await probe(await account(all.filter((scope) => scope !== missing)));
    const lacking = found.reads.filter(({ outcome }) => outcome === "no-scope").map(({ scope }) => scope);
    // The profile needs the same scope as the list of users.
    expect([...new Set(lacking)]).toEqual([missing]);
    expect(found.verdict).toBe("accepted");
  });

  test("an account without any role sees empty lists, and is told so instead of 'all quiet'", async () => {
    const found = await probe(await account(all, null));
    const outcomes = Object.fromEntries(found.reads.map(({ id, outcome }) => [id, outcome]));
    expect(outcomes).toMatchObject({ incidents: "empty", tickets: "no-role" });
  });

  test("a wrong secret is refused after one call, and the rest is not tried", async () => {
    emulator.control.clearStats();
    const found = await probe(candidate(demoCredentials.main.clientId, "wrong-secret-canary"));
    expect(found).toMatchObject({ verdict: "refused", account: null });
    expect(found.reads.slice(1).map(({ outcome }) => outcome)).toEqual(
      found.reads.slice(1).map(() => "untried"),
    );
    expect(emulator.control.stats().requests).toHaveLength(1);
    expect(JSON.stringify(found)).not.toContain("wrong-secret-canary");
  });

  test("every call is a read, and none leaves a trace in a customer's audit", async () => {
    emulator.control.clearStats();
    await probe(await account(all));
    const operations = new Set(emulator.control.stats().requests.map(({ operation }) => operation));
    operations.delete("serviceAccounts.create");
    expect([...operations].sort()).toEqual([
      "azure.subscriptions",
      "datasources.anomalies",
      "gamebooks.acrossHistory",
      "incidents.acrossWorkspaces",
      "serviceAccounts.list",
      "tickets.search",
      "users.list",
      "users.profile",
      "webhooks.list",
    ]);
  });

  test("a host that is not in the list is not called, and the sentence says who can change that", async () => {
    const found = await probe(candidate("c", "s", "https://elsewhere.example/api/v2"));
    expect(found.verdict).toBe("unclear");
    expect(found.sentence).toMatch(/CONTRAFORCE_HOSTS/);
  });

  test("the ticket search takes a workspace that the other reads named, and without any it is not tried and says why", async () => {
    const { clientId, secret } = demoCredentials.main;
    const fresh = await probe(candidate(clientId, secret), null);
    expect(["works", "empty"]).toContain(fresh.reads.find(({ id }) => id === "tickets")?.outcome);
    const blind = await probe(await account(all, null), null);
    expect(blind.reads.find(({ id }) => id === "tickets")).toMatchObject({
      outcome: "untried",
      why: expect.stringContaining("No workspace is known") as string,
    });
  });
});
