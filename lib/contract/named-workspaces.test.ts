import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type Operation, type OperationId, operationIds, registry } from "./index";
import { namedWorkspaces } from "./named-workspaces";

const a = "AAAAAAAA-0000-4000-8000-000000000001";
const b = "bbbbbbbb-0000-4000-8000-000000000002";

describe("namedWorkspaces", () => {
  it.each([
    ["tickets.link", { body: { ticketId: "t", incident: { workspaceId: b } } }, [b]],
    ["tickets.unlink", { body: { ticketId: "t", incident: { workspaceId: b } } }, [b]],
    ["tickets.priority", { body: { ticketId: "t", incident: { workspaceId: a } } }, [a.toLowerCase()]],
    ["tickets.priority", { body: { ticketId: "t" } }, []],
    ["users.workspaceUsers", { body: { accountId: a } }, [a.toLowerCase()]],
    ["users.assign", { body: { accountId: a, users: [] } }, [a.toLowerCase()]],
    ["gamebooks.acrossHistory", { query: { workspaces: `${a}, ${b},` } }, [a.toLowerCase(), b]],
    ["gamebooks.acrossHistory", { query: { currentPage: 1 } }, []],
    ["datasources.acrossWorkspaces", { query: { workspaceIds: [a, b, b] } }, [a.toLowerCase(), b]],
    ["datasources.anomalies", { body: { workspaces: [a], workspaceIds: [b] } }, [a.toLowerCase(), b]],
    ["serviceAccounts.create", { body: { workspaceAssignments: [{ workspaceId: b, role: "Owner" }] } }, [b]],
    ["serviceAccounts.update", { body: { workspaceAssignments: null } }, []],
    [
      "incidents.acrossWorkspaces",
      { body: { workspacePageTokens: [{ workspaceId: b, sourceTokens: {} }] } },
      [b],
    ],
    ["webhooks.list", { query: {}, body: undefined }, []],
  ] as [OperationId, { query?: unknown; body?: unknown }, string[]][])("%s %j", (id, input, expected) => {
    expect(namedWorkspaces(id, input)).toEqual(expected);
  });
});

/** Member names anywhere inside a schema that name a workspace. */
function workspaceMembers(schema: z.ZodType): string[] {
  const json = JSON.stringify(z.toJSONSchema(schema, { unrepresentable: "any" }));
  return ["workspaceId", "workspaceIds", "workspaces", "accountId"].filter((name) =>
    json.includes(`"${name}":`),
  );
}

describe("no operation names a workspace that goes unchecked", () => {
  // With a value for every spelling at every place, an operation that has such a member must find at least one.
  const everything = {
    workspaceIds: [b],
    workspaces: [b],
    accountId: b,
    incident: { workspaceId: b },
    workspaceAssignments: [{ workspaceId: b }],
    workspacePageTokens: [{ workspaceId: b }],
  };

  it.each(operationIds)("%s", (id) => {
    const operation: Operation = registry[id];
    const members = [operation.query, ...(operation.body ? [operation.body] : [])].flatMap(workspaceMembers);
    const found = namedWorkspaces(id, { query: { ...everything, workspaces: b }, body: everything });
    expect(found.length > 0).toBe(members.length > 0);
  });
});
