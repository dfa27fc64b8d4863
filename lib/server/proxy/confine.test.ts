import { describe, expect, it } from "vitest";
import { type OperationId, registry } from "@/lib/contract";
import { Failure } from "@/lib/errors";
import type { CallValues } from "@/lib/server/upstream/outgoing";
import { confine } from "./confine";
import { person } from "./testing/harness";

const [a, b, c] = ["a", "b", "c"].map((letter) => `${letter.repeat(8)}-0000-4000-8000-000000000001`) as [
  string,
  string,
  string,
];

function confined(
  id: OperationId,
  values: Partial<CallValues>,
  workspaceIds: readonly string[] | "all" = [a, b],
) {
  const located = { org: "main", id, operation: registry[id], params: {}, search: new URLSearchParams() };
  const [membership] = person("admin", workspaceIds).memberships;
  try {
    return confine(located, { params: {}, query: {}, body: undefined, ...values }, membership!);
  } catch (error) {
    return error instanceof Failure ? error.code : error;
  }
}

describe("a call across workspaces by a limited person", () => {
  it("is asked for the person's workspaces when it names none", () => {
    expect(confined("gamebooks.acrossHistory", { query: { currentPage: 2 } })).toMatchObject({
      query: { currentPage: 2, workspaces: `${a},${b}` },
    });
    expect(confined("datasources.acrossWorkspaces", {})).toMatchObject({ query: { workspaceIds: [a, b] } });
    expect(confined("datasources.anomalies", { body: {} })).toMatchObject({
      body: { workspaces: [a, b], workspaceIds: [a, b] },
    });
  });

  it("is asked only for those named that are the person's", () => {
    expect(
      confined("gamebooks.acrossHistory", {
        query: { currentPage: 1, workspaces: `${c}, ${b.toUpperCase()}` },
      }),
    ).toMatchObject({
      query: { workspaces: b },
    });
    expect(confined("datasources.acrossWorkspaces", { query: { workspaceIds: [c, a] } })).toMatchObject({
      query: { workspaceIds: [a] },
    });
    expect(confined("datasources.anomalies", { body: { workspaceIds: [c, a] } })).toMatchObject({
      body: { workspaces: [a], workspaceIds: [a] },
    });
  });

  it("is never asked without a filter because nothing was left of it", () => {
    expect(confined("gamebooks.acrossHistory", { query: { workspaces: c } })).toBe("NOT_FOUND");
    expect(confined("gamebooks.acrossHistory", { query: { workspaces: "Contoso Ltd" } })).toBe("NOT_FOUND");
    expect(confined("datasources.acrossWorkspaces", { query: { workspaceIds: [c] } })).toBe("NOT_FOUND");
    expect(confined("datasources.anomalies", { body: { workspaces: [c] } })).toBe("NOT_FOUND");
    expect(confined("gamebooks.acrossHistory", { query: {} }, [])).toBe("NOT_FOUND");
  });

  it("keeps the address short when the person has very many workspaces", () => {
    const many = Array.from(
      { length: 60 },
      (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
    );
    expect(confined("datasources.acrossWorkspaces", {}, many)).toMatchObject({ query: {} });
    expect(confined("gamebooks.acrossHistory", { query: { currentPage: 1 } }, many)).toMatchObject({
      query: { currentPage: 1 },
    });
  });
});

describe("a call that concerns workspaces beside its path", () => {
  const incident = { id: "1", source: "Sentinel", number: "1" };

  it.each([
    ["tickets.link", { ticketId: "T", incident: { ...incident, workspaceId: c } }],
    ["tickets.unlink", { ticketId: "T", incident: { ...incident, workspaceId: c } }],
    ["tickets.priority", { ticketId: "T", priority: "High", incident: { ...incident, workspaceId: c } }],
    ["serviceAccounts.create", { workspaceAssignments: [{ workspaceId: a }, { workspaceId: c }] }],
    ["serviceAccounts.update", { workspaceAssignments: [{ workspaceId: c }] }],
    ["users.workspaceUsers", { accountId: c }],
    ["users.assign", { accountId: c, users: [] }],
  ] as [OperationId, object][])("%s must be allowed on each of them", (id, body) => {
    expect(confined(id, { body })).toBe("NOT_FOUND");
    const allowed = JSON.parse(JSON.stringify(body).replaceAll(c, b)) as object;
    expect(confined(id, { body: allowed })).toMatchObject({ body: allowed });
  });
});

describe("somebody who sees all workspaces", () => {
  it("asks for what they asked for", () => {
    const values = { params: {}, query: { currentPage: 1, workspaces: c }, body: undefined };
    expect(confined("gamebooks.acrossHistory", values, "all")).toEqual(values);
  });
});
