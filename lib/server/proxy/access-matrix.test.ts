import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { demoCredentials } from "@/emulator/accounts/account-store";
import { type RunningEmulator, startEmulator } from "@/emulator/start";
import { callOperation } from "@/emulator/testing/caller";
import { exampleOf } from "@/emulator/testing/examples";
import { type OperationId, operationIds } from "@/lib/contract";
import type * as Access from "@/lib/server/access";
import { Secret } from "@/lib/server/secret";
import { closePools } from "@/lib/server/upstream/pools";
import { testConnection } from "@/lib/server/upstream/testing/test-connection";
import type * as Confine from "./confine";
import type { ProxyDependencies } from "./dependencies";
import { handleUpstreamCall } from "./handle";
import { accessMatrix, type MatrixSetting } from "./testing/access-matrix";
import { actors, matrixOperations, states } from "./testing/access-table";
import type * as Filters from "./row-filters";
import { person, proxyHarness } from "./testing/harness";

const { clientId, secret } = demoCredentials.main;
let emulator: RunningEmulator;
let foreign: MatrixSetting["foreign"];

beforeAll(async () => {
  emulator = await startEmulator({ scenario: "working-day", seed: 7 });
  foreign = await foreignTenant();
});
afterAll(async () => {
  await closePools();
  await emulator.stop();
});

/** A workspace of the emulator's other tenant, and words of its own data. */
async function foreignTenant(): Promise<MatrixSetting["foreign"]> {
  const { json } = await callOperation(emulator, "serviceAccounts.list", {}, demoCredentials.globex);
  const { data } = json as {
    data: { workspaceAssignments: { workspaceId: string; workspaceName: string }[] }[];
  };
  const assignments = data.flatMap((account) => account.workspaceAssignments);
  const [first] = assignments;
  if (!first) throw new Error("The other tenant has no workspace.");
  const canaries = assignments.map(({ workspaceName }) => JSON.stringify(workspaceName));
  return { workspaceId: first.workspaceId, canaries };
}

function setting(change: Partial<MatrixSetting> = {}): MatrixSetting {
  const connection = testConnection(emulator.baseUrl, { clientId, clientSecret: new Secret(secret) });
  const { deps } = proxyHarness(connection, [secret]);
  const upstream = {
    exampleOf: (id: OperationId) => exampleOf(emulator, id),
    workspaceIds: () => emulator.control.workspaces().map((each) => each.id),
    total: () => emulator.control.stats().total,
  };
  return { upstream, deps, handle: handleUpstreamCall, foreign, isWarm: false, isQuick: false, ...change };
}

// Hundreds of changes of one run make lists of the emulator longer than we accept.
beforeEach(() => emulator.control.reset({ scenario: "working-day", seed: 7 }));

describe("SEC-04: the access matrix", () => {
  test("every operation of the registry but the walk is in it", () => {
    expect(matrixOperations).toHaveLength(operationIds.length - 1);
    expect([actors.length, states.length]).toEqual([10, 6]);
  });

  test("each cell is as written down, with nothing shared", { timeout: 120_000 }, async () => {
    const { cells, faults } = await accessMatrix(setting());
    expect(faults).toEqual([]);
    expect(cells).toBeGreaterThan(2_000);
  });

  test("each cell is as written down, beside an administrator who asks the same", {
    timeout: 120_000,
  }, async () => {
    const { cells, faults } = await accessMatrix(setting({ isWarm: true, isQuick: true }));
    expect(faults).toEqual([]);
    expect(cells).toBeGreaterThan(2_000);
  });
});

type Module = Record<string, unknown>;
type Plant = () => Promise<ProxyDependencies["authenticate"] | undefined>;

/** Replaces what one module of the proxy gives to the others. */
async function plant<M extends Module>(path: string, change: (real: M) => Partial<M>): Promise<undefined> {
  const real = await vi.importActual<M>(path);
  vi.doMock(path, () => ({ ...real, ...change(real) }));
}

const access = "@/lib/server/access";
const filters = "./row-filters";
const confining = "./confine";

/** Ten ways in which the proxy could let something through. */
const leaks: Record<string, Plant> = {
  "no right is asked for": () => plant<typeof Access>(access, () => ({ authorise: () => undefined })),
  "the workspace is not looked at": () =>
    plant<typeof Access>(access, (real) => ({
      authorise: (member, permission) => real.authorise(member, permission, null),
    })),
  "the role is not looked at": () =>
    plant<typeof Access>(access, (real) => ({
      authorise: (member, _permission, id) =>
        real.authorise({ ...member, role: "admin" }, "incidents:read", id),
    })),
  "any organisation will do": () =>
    plant<typeof Access>(access, () => ({
      membershipOf: (principal) => {
        const [first] = principal.memberships;
        if (!first) throw new Error("no membership");
        return first;
      },
    })),
  "rows are not filtered": () =>
    plant<typeof Filters>(filters, () => ({ visiblePart: (_id, answer) => answer })),
  "one operation's rows are not filtered": () =>
    plant<typeof Filters>(filters, (real) => ({
      visiblePart: (id, answer, scope) =>
        id === "webhooks.deliveryLogs" ? answer : real.visiblePart(id, answer, scope),
    })),
  "what a body names is not looked at": () =>
    plant<typeof Confine>(confining, () => ({ confine: (_located, values) => values })),
  "nobody is somebody": () => Promise.resolve(() => Promise.resolve(person("admin"))),
  "managers count as administrators": () =>
    plant<typeof Access>(access, (real) => ({
      authorise: (member, permission, id) =>
        real.authorise(member.role === "manager" ? { ...member, role: "admin" } : member, permission, id),
    })),
  "a list of workspaces opens its neighbours": () =>
    plant<typeof Access>(access, (real) => ({
      authorise: (member, permission, id) =>
        real.authorise(
          member.scope.kind === "list" && member.scope.ids.size > 1
            ? { ...member, scope: { kind: "all" } }
            : member,
          permission,
          id,
        ),
    })),
};

describe("SEC-04: the matrix finds what it is there to find", () => {
  afterEach(() => {
    vi.doUnmock(access);
    vi.doUnmock(filters);
    vi.doUnmock(confining);
    vi.resetModules();
  });

  test.each(Object.entries(leaks))("%s", { timeout: 60_000 }, async (_name, planted) => {
    vi.resetModules();
    const authenticate = await planted();
    const { handleUpstreamCall: leaking } = await import("./handle");
    const base = setting({ isQuick: true });
    const handle: MatrixSetting["handle"] = authenticate
      ? (request, deps) =>
          leaking(request, {
            ...deps,
            authenticate: async (headers) => (await deps.authenticate(headers)) ?? authenticate(headers),
          })
      : leaking;
    const { faults } = await accessMatrix({ ...base, handle });
    expect(faults.length).toBeGreaterThan(0);
  });
});
