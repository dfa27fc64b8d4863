import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { demoCredentials } from "@/emulator/accounts/account-store";
import { type RunningEmulator, startEmulator } from "@/emulator/start";
import { foreignTenant, mainTenant } from "@/emulator/testing/tenants";
import { operationIds } from "@/lib/contract";
import type { Caller, Membership } from "@/lib/domain/access";
import type * as Access from "@/lib/server/access";
import { Secret } from "@/lib/server/secret";
import { closePools } from "@/lib/server/upstream/pools";
import { testConnection } from "@/lib/server/upstream/testing/test-connection";
import type * as Confine from "./confine";
import type { ProxyDependencies } from "./dependencies";
import { handleUpstreamCall } from "./handle";
import { accessMatrix, type MatrixSetting } from "./testing/access-matrix";
import { actors, matrixOperations, states } from "./testing/access-table";
import { memoryCallers } from "./testing/matrix-callers";
import type * as Filters from "./row-filters";
import { person, proxyHarness } from "./testing/harness";

let emulator: RunningEmulator;
let foreign: MatrixSetting["foreign"];

beforeAll(async () => {
  emulator = await startEmulator({ scenario: "working-day", seed: 7 });
  foreign = await foreignTenant(emulator);
});
afterAll(async () => {
  await closePools();
  await emulator.stop();
});

type Handle = (request: Request, deps: ProxyDependencies) => Promise<Response>;

function setting(handle: Handle, authenticateNobody?: ProxyDependencies["authenticate"]): MatrixSetting {
  const callers = memoryCallers();
  const { clientId, secret } = demoCredentials.main;
  const connection = testConnection(emulator.baseUrl, { clientId, clientSecret: new Secret(secret) });
  const { deps } = proxyHarness(connection, [secret], {
    authenticate: async (headers) =>
      (await callers.authenticate(headers)) ?? authenticateNobody?.(headers) ?? null,
  });
  const ask = (request: Request) => handle(request, deps);
  return { upstream: mainTenant(emulator), callers, ask, foreign, isQuick: true };
}

// Hundreds of changes of one run make lists of the emulator longer than we accept.
beforeEach(() => emulator.control.reset({ scenario: "working-day", seed: 7 }));

describe("SEC-04: the access matrix", () => {
  test("every operation of the registry is in it, with twelve principals and three more, in six states", () => {
    expect(matrixOperations).toEqual(operationIds);
    expect([actors.length, states.length]).toEqual([15, 6]);
  });

  test("each cell is as written down, with callers out of memory", { timeout: 120_000 }, async () => {
    const { cells, faults } = await accessMatrix(setting(handleUpstreamCall));
    expect(faults).toEqual([]);
    expect(cells).toBeGreaterThan(4_320);
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

/** Eleven ways in which the proxy could let something through. */
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
      membershipOf: (caller: Caller) => {
        const [first] = caller.memberships;
        if (!first) throw new Error("no membership");
        return first as Membership;
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
  "a display counts as somebody who reads": () =>
    plant<typeof Access>(access, (real) => ({
      authorise: (member, permission, id) =>
        real.authorise(member.role === "display" ? { ...member, role: "viewer" } : member, permission, id),
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
    const authenticateNobody = await planted();
    const { handleUpstreamCall: leaking } = await import("./handle");
    const { faults } = await accessMatrix({ ...setting(leaking, authenticateNobody), isEarly: true });
    expect(faults.length).toBeGreaterThan(0);
  });
});
