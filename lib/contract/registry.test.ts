import { describe, expect, it } from "vitest";
import { addresses } from "./addresses.gen";
import { isOperationId, type Operation, type OperationId, operationIds, registry } from "./index";
import { permissions } from "./permission";

const entries = operationIds.map((id): [OperationId, Operation] => [id, registry[id]]);
const where = (is: (operation: Operation) => boolean) =>
  entries.filter(([, each]) => is(each)).map(([id]) => id);
const domainOf = (id: string) => id.split(".")[0] ?? "";

function perDomain(ids: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const id of ids) counts[domainOf(id)] = (counts[domainOf(id)] ?? 0) + 1;
  return counts;
}

describe("the registry adds up", () => {
  it("has 34 reads: 13 of a workspace, 4 over workspaces, 17 of the organisation", () => {
    const reads = where((each) => each.kind === "query");
    const by = (tenancy: Operation["tenancy"]) =>
      reads.filter((id) => registry[id].tenancy === tenancy).length;
    expect([reads.length, by("path"), by("rows"), by("organization")]).toEqual([34, 13, 4, 17]);
  });

  it("has 26 changes", () => {
    expect(perDomain(where((each) => each.kind === "mutation"))).toEqual({
      tickets: 3,
      webhooks: 9,
      serviceAccounts: 7,
      users: 6,
      azure: 1,
    });
  });

  it("repeats a query and never repeats a change as if it were one", () => {
    for (const [, each] of entries) expect(each.repeat === "read").toBe(each.kind === "query");
  });

  it("sends these changes at most once", () => {
    expect(where((each) => each.repeat === "once").sort()).toEqual([
      "serviceAccounts.create",
      "serviceAccounts.issueCredential",
      "tickets.link",
      "tickets.priority",
      "tickets.unlink",
      "users.add",
      "users.assign",
      "webhooks.create",
      "webhooks.credentials",
      "webhooks.delete",
      "webhooks.enable",
      "webhooks.pause",
      "webhooks.redeliver",
      "webhooks.resume",
      "webhooks.test",
      "webhooks.update",
    ]);
  });

  it("reads by POST in exactly these three", () => {
    expect(where((each) => each.kind === "query" && each.method !== "GET").sort()).toEqual([
      "datasources.anomalies",
      "incidents.acrossWorkspaces",
      "users.workspaceUsers",
    ]);
  });

  it("marks exactly the reads that leave a trace with the customer", () => {
    expect(where((each) => each.audited).sort()).toEqual([
      "incidents.byEntity",
      "investigation.directoryLogs",
      "investigation.signinLogs",
    ]);
  });
});

describe("every entry is consistent in itself", () => {
  it.each(entries)("%s", (id, each) => {
    expect(isOperationId(id)).toBe(true);
    expect(permissions).toContain(each.permission);
    expect(each.tenancy === "path").toBe(each.path.startsWith("/workspaces/{workspaceId}/"));
    expect(each.tenancy === "rows").toBe(each.path.includes("/across-workspaces"));
    // A change needs a managing permission and a managing scope, a read never does.
    const isChange = each.kind === "mutation";
    expect(each.permission.endsWith(":manage")).toBe(isChange);
    expect(/:(?:manage|roles)$/.test(each.scope ?? "")).toBe(isChange);
    expect(each.method === "GET" || each.kind === "mutation" || each.body !== null).toBe(true);
    expect(each.method === "GET" && each.body !== null).toBe(false);
    expect(each.summary).toMatch(/^[A-Z].*\.$/);
  });

  it.each(entries)("%s takes nothing it does not know", (_, each) => {
    for (const schema of [each.params, each.query])
      expect(schema.safeParse({ zzUnknown: 1 }).error?.issues.map((issue) => issue.code)).toContain(
        "unrecognized_keys",
      );
    expect(each.body?.safeParse({ zzUnknown: 1 }).success ?? false).toBe(false);
    expect(each.body?.safeParse([]).success ?? false).toBe(false);
  });
});

describe("the address table for the browser", () => {
  it("says what the registry says", () => {
    const expected = entries.map(([id, { method, path, audited }]) => [
      id,
      { method, path, ...(audited ? { audited } : {}) },
    ]);
    expect(addresses).toEqual(Object.fromEntries(expected));
  });
});

describe("isOperationId", () => {
  it("is not fooled by the prototype", () => {
    for (const text of ["constructor", "__proto__", "toString", "incidents", ""])
      expect(isOperationId(text)).toBe(false);
  });
});
