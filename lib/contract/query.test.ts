import { describe, expect, it } from "vitest";
import { ZodError } from "zod";
import { buildQuery } from "./address";
import { type OperationId, registry } from "./index";
import { parseQuery } from "./query";

const parse = (id: OperationId, search: string) => parseQuery(registry[id], new URLSearchParams(search));
const guid = "6eca6a1f-b7d1-4bb8-a055-35ad6bb4b9b1";
const other = "3c90c3cc-0d44-4b50-8888-8dd25736052a";

describe("parseQuery", () => {
  it("turns repeated keys into the array the schema wants, also a single one", () => {
    expect(parse("datasources.acrossWorkspaces", `workspaceIds=${guid}&workspaceIds=${other}`)).toEqual({
      workspaceIds: [guid, other],
    });
    expect(parse("datasources.acrossWorkspaces", `workspaceIds=${guid}`)).toEqual({ workspaceIds: [guid] });
  });

  it("turns digits and truth words into what the schema wants, and leaves text alone", () => {
    expect(parse("gamebooks.playbooks", "year=2026&tenantId=123")).toEqual({ year: 2026, tenantId: "123" });
    expect(parse("azure.analyticalRule", "enabled=false")).toEqual({ enabled: false });
    expect(parse("gamebooks.history", "query=true")).toEqual({ query: "true" });
  });

  it("keeps a partition key character by character", () => {
    const createdAt = "2026-04-15T20:00:00.1234567+00:00";
    expect(parse("webhooks.deliveryLog", buildQuery({ createdAt }))).toEqual({ createdAt });
  });

  it.each([
    ["an unknown key", "incidents.get", "withdetails=true"],
    ["a key of the prototype", "incidents.get", "__proto__=x"],
    ["a repeated scalar", "incidents.get", "withDetails=true&withDetails=false"],
    ["a boolean in other words", "azure.analyticalRule", "enabled=1"],
    ["a number that is none", "gamebooks.playbooks", "year=20x6"],
    ["a fraction", "gamebooks.playbooks", "year=2026.5"],
    ["a leading zero", "gamebooks.playbooks", "year=02026"],
    ["a number out of range", "webhooks.deliveryLogs", "pageSize=1000"],
    ["a missing required key", "gamebooks.playbooks", ""],
    ["ids joined by comma", "datasources.acrossWorkspaces", `workspaceIds=${guid},${other}`],
    ["the wrong case of a PascalCase key", "incidents.byEntity", "entityKind=Host"],
    ["an unknown time window", "investigation.signinLogs", "TimeFilteringType=FortyEightHours"],
    ["Custom without instants", "investigation.signinLogs", "TimeFilteringType=Custom"],
    [
      "Custom with the end first",
      "investigation.signinLogs",
      "TimeFilteringType=Custom&StartDate=2026-04-15T00:00:00Z&EndDate=2026-04-14T00:00:00Z",
    ],
    [
      "instants without Custom",
      "incidents.byEntity",
      "StartDate=2026-04-14T00:00:00Z&EndDate=2026-04-15T00:00:00Z",
    ],
    ["control characters", "gamebooks.history", "pageToken=a&query=a%00b"],
    ["CRLF in a short value", "tickets.search", "ticketNumber=a%0d%0ab"],
    ["anything for a call without query", "webhooks.list", "x=1"],
  ] as const)("refuses %s", (_, id, search) => {
    expect(() => parse(id, search)).toThrow(ZodError);
  });
});
