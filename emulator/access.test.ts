import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OperationId, operationIds, registry } from "@/lib/contract";
import { workspaceRoles } from "@/lib/contract/vocabulary";
import { allScopes, demoCredentials } from "./accounts/account-store";
import { neededRoleOf, scopeOf } from "./api/authorise";
import { type RunningEmulator, startEmulator } from "./start";
import { callOperation, codeOf, dataOf, type Pair } from "./testing/caller";
import { exampleOf } from "./testing/examples";
import { keyOf, walkAll } from "./testing/walker";

let emulator: RunningEmulator;
beforeAll(async () => {
  emulator = await startEmulator({
    scenario: "quiet-night",
    seed: 3,
    startAt: "2026-11-24T10:00:00Z",
    frozen: true,
  });
});
afterAll(() => emulator.stop());

type Assignments = readonly { workspaceId: string; role: (typeof workspaceRoles)[number] }[];

async function accountWith(
  scopes: readonly string[],
  workspaceAssignments: Assignments = [],
): Promise<Pair & { id: string }> {
  const body = { name: "Limited", organizationalRole: "Member" as const, scopes, workspaceAssignments };
  const made = dataOf<{ id: string; clientId: string; clientSecret: string }>(
    await callOperation(emulator, "serviceAccounts.create", { body }),
  );
  return { id: made.id, clientId: made.clientId, secret: made.clientSecret };
}

const everywhere = (role: Assignments[number]["role"] = "Owner"): Assignments =>
  emulator.control.workspaces().map(({ id }) => ({ workspaceId: id, role }));

const inWorkspace = operationIds.filter((id) => registry[id].tenancy === "path");

describe("every operation asks for a credential with its own scope", () => {
  it.each(operationIds)(
    "%s: no credential 401, all scopes but its own 403, its own alone is enough",
    async (id) => {
      const input = await exampleOf(emulator, id);
      const refused = await callOperation(emulator, id, input, null);
      expect([refused.status, codeOf(refused)]).toEqual([401, "UNAUTHORIZED"]);
      const others = await accountWith(
        allScopes.filter((scope) => scope !== scopeOf(id)),
        everywhere(),
      );
      const lacking = await callOperation(emulator, id, input, others);
      expect([lacking.status, codeOf(lacking)]).toEqual([403, "INSUFFICIENT_SCOPE"]);
      const own = await accountWith([scopeOf(id)], everywhere());
      expect((await callOperation(emulator, id, input, own)).status).toBeLessThan(300);
    },
  );
});

describe("every operation in a workspace asks for a role there", () => {
  it("covers the workspace-scoped part of the vendor's index", () => {
    expect(inWorkspace).toHaveLength(16);
  });

  it.each(inWorkspace)(
    "%s: without a role 403, and an unknown or foreign workspace looks the same",
    async (id) => {
      const input = await exampleOf(emulator, id);
      const without = await accountWith(allScopes);
      const refusals = [await callOperation(emulator, id, input, without)];
      const foreign = emulator.control.workspaces("globex")[0]?.id;
      for (const workspaceId of ["3c90c3cc-0d44-4b50-8888-8dd25736052a", foreign]) {
        const params = { ...(input.params as object), workspaceId } as typeof input.params;
        refusals.push(await callOperation(emulator, id, { ...input, params }));
      }
      for (const refusal of refusals) {
        expect([refusal.status, codeOf(refusal)]).toEqual([403, "INSUFFICIENT_WORKSPACE_ROLE"]);
      }
      const [first, ...rest] = refusals.map(
        (refusal) => (refusal.json as { title: string; detail: string }).detail,
      );
      for (const detail of rest) expect(detail).toBe(first);
    },
  );

  it.each(inWorkspace)("%s: the needed role and those above it suffice, those below do not", async (id) => {
    const order = [...workspaceRoles].reverse();
    for (const role of order) {
      // A change uses its target up; each role finds the world as it was.
      emulator.control.reset();
      const input = await exampleOf(emulator, id);
      const reply = await callOperation(emulator, id, input, await accountWith(allScopes, everywhere(role)));
      const suffices = rankOf(role) >= rankOf(neededRoleOf(id));
      expect([role, reply.status < 300]).toEqual([role, suffices]);
    }
  });

  /** From least to most, typed apart from the emulator's own list. */
  const rankOf = (role: string) =>
    ["WorkspaceReader", "IncidentAnalyst", "IncidentResponder", "ContentAdmin", "Owner"].indexOf(role);
});

describe("credentials live and die", () => {
  const works = async (pair: Pair) => (await callOperation(emulator, "users.profile", {}, pair)).status;
  const scopes = ["org:users:read"];

  it("works at once when issued, beside the first one, and stops when revoked", async () => {
    const account = await accountWith(scopes);
    const params = { id: account.id };
    const issued = dataOf<{ id: string; clientId: string; clientSecret: string }>(
      await callOperation(emulator, "serviceAccounts.issueCredential", { params, body: { scopes } }),
    );
    const second = { clientId: issued.clientId, secret: issued.clientSecret };
    expect([await works(account), await works(second)]).toEqual([200, 200]);
    const revoking = { params: { ...params, credentialId: issued.id } };
    expect(dataOf(await callOperation(emulator, "serviceAccounts.revokeCredential", revoking)).status).toBe(
      "Revoked",
    );
    expect([await works(account), await works(second)]).toEqual([200, 401]);
  });

  it("stops when the account is disabled, works when it is enabled, and stops for good when it is deleted", async () => {
    const account = await accountWith(scopes);
    const params = { id: account.id };
    await callOperation(emulator, "serviceAccounts.disable", { params });
    expect(await works(account)).toBe(401);
    await callOperation(emulator, "serviceAccounts.enable", { params });
    expect(await works(account)).toBe(200);
    expect((await callOperation(emulator, "serviceAccounts.delete", { params })).status).toBe(204);
    expect(await works(account)).toBe(401);
    expect((await callOperation(emulator, "serviceAccounts.get", { params })).status).toBe(404);
  });

  it("expires by the emulator's clock", async () => {
    const account = await accountWith(["org:users:read"]);
    const expirationDate = new Date(emulator.control.now().getTime() + 60_000).toISOString();
    const issued = dataOf<{ id: string; clientId: string; clientSecret: string }>(
      await callOperation(emulator, "serviceAccounts.issueCredential", {
        params: { id: account.id },
        body: { scopes, expirationDate },
      }),
    );
    const pair = { clientId: issued.clientId, secret: issued.clientSecret };
    expect(await works(pair)).toBe(200);
    emulator.control.clock({ advanceMs: 60_000 });
    expect(await works(pair)).toBe(401);
  });

  it("never tells a secret or its digest again", async () => {
    const account = await accountWith(scopes);
    const list = await callOperation(emulator, "serviceAccounts.list");
    expect(list.text).not.toContain(account.secret);
    expect(list.text).not.toContain(demoCredentials.main.secret);
    expect(list.text).not.toContain("digest");
  });

  it.each([
    ["a wrong secret", { ...demoCredentials.main, secret: "wrong" }],
    [
      "another account's secret",
      { clientId: demoCredentials.main.clientId, secret: demoCredentials.globex.secret },
    ],
    [
      "an unknown account",
      { clientId: "33333333-3333-4333-8333-333333333333", secret: demoCredentials.main.secret },
    ],
  ])("refuses %s in the same words", async (_, pair) => {
    const reply = await callOperation(emulator, "users.profile", {}, pair);
    expect([reply.status, (reply.json as { detail: string }).detail]).toEqual([
      401,
      "The credentials are not valid.",
    ]);
  });

  it.each(["Bearer abc", "Basic", "Basic !!!", "Basic bm9jb2xvbg=="])(
    "refuses the header %s",
    async (authorization) => {
      const reply = await fetch(`${emulator.baseUrl}/users/profile`, { headers: { authorization } });
      expect(reply.status).toBe(401);
    },
  );
});

describe("cross-workspace calls are filtered in silence to what the credential may see", () => {
  it("shows the incidents of two workspaces to an account of two", async () => {
    const all = await walkAll(emulator);
    const ids = new Set(all.rows.map((row) => String(row.workspaceId)));
    const two = [...ids].slice(0, 2);
    const account = await accountWith(
      ["incidents:read"],
      two.map((workspaceId) => ({ workspaceId, role: "WorkspaceReader" })),
    );
    const { rows } = await walkAll(emulator, undefined, account);
    const expected = all.rows.filter((row) => two.includes(String(row.workspaceId)));
    expect(expected.length).toBeGreaterThan(0);
    expect(rows.map(keyOf).sort()).toEqual(expected.map(keyOf).sort());
  });

  it.each([
    "incidents.acrossWorkspaces",
    "gamebooks.acrossHistory",
    "datasources.anomalies",
    "datasources.acrossWorkspaces",
  ] as const)("%s gives nothing and no error to an account without workspaces", async (id: OperationId) => {
    const account = await accountWith(allScopes);
    const data = dataOf(await callOperation(emulator, id, await exampleOf(emulator, id), account));
    const lists = Array.isArray(data) ? [data] : Object.values(data).filter((value) => Array.isArray(value));
    expect(lists.flat()).toEqual([]);
  });

  it("keeps the two providers apart: no workspace, user, webhook or account in common", async () => {
    const seen = async (pair: Pair) => {
      const ids = new Set<string>();
      for (const id of ["users.list", "webhooks.list", "serviceAccounts.list"] as const)
        for (const row of dataOf<{ id: string }[]>(await callOperation(emulator, id, {}, pair)))
          ids.add(row.id);
      for (const row of (await walkAll(emulator, undefined, pair)).rows) ids.add(String(row.workspaceId));
      return ids;
    };
    const main = await seen(demoCredentials.main);
    const globex = await seen(demoCredentials.globex);
    expect(globex.size).toBeGreaterThan(10);
    expect([...globex].filter((id) => main.has(id))).toEqual([]);
  });
});
