import { describe, expect, it } from "vitest";
import { type Reader } from "../readers";
import { Reading, Unreadable } from "../reading";
import { azureList, ownership, resourceGroup, validity } from "./azure";
import { anomalies, datasourceGroups } from "./datasource";
import { gamebookHistory, gamebookPages, gamebookRules } from "./gamebook";
import { signinLogs } from "./investigation";
import { outcome } from "./outcome";
import { dataTable } from "./table";
import { priorityChange, ticketSearch } from "./ticket";
import { profileChange, workspaceUser } from "./user";

function read<T>(reader: Reader<T>, value: unknown): T {
  return reader(value, new Reading());
}

const workspace = "6eca6a1f-b7d1-4bb8-a055-35ad6bb4b9b1";

describe("connector anomalies, whatever their form", () => {
  const item = { connectorName: "Office 365", tableName: "OfficeActivity" };
  const expected = [{ workspaceId: workspace, connectorName: "Office 365", tableName: "OfficeActivity" }];

  it.each([
    ["a flat list", { anomalies: [{ ...item, workspaceId: workspace.toUpperCase() }] }],
    ["a bare list", [{ ...item, workspaceId: workspace }]],
    ["grouped by workspace", { workspaces: [{ workspaceId: workspace, anomalies: [item] }] }],
    ["a map from workspace to list", { [workspace]: [item] }],
    ["a map inside a member", { anomalies: { [workspace]: [item] } }],
    [
      "other spellings",
      { items: [{ accountId: workspace, dataConnectorName: "Office 365", dataType: "OfficeActivity" }] },
    ],
    ["a list beside a list of texts", { items: [{ ...item, workspaceId: workspace, tags: ["a", "b"] }] }],
  ])("finds them in %s", (_, value) => {
    const found = read(anomalies, value);
    expect(found.anomalies).toMatchObject(expected);
    expect(found.raw).toEqual(value);
  });

  it("hands the name of a group down to what is inside", () => {
    const value = {
      workspaces: [{ accountId: workspace, accountName: "Contoso", connectors: [{ name: "X" }] }],
    };
    expect(read(anomalies, value).anomalies).toMatchObject([
      { workspaceId: workspace, workspaceName: "Contoso", connectorName: "X" },
    ]);
  });

  it("takes a workspace with an empty list for what it is, not for an anomaly", () => {
    const groups = (inner: object) => ({
      workspaces: [{ workspaceId: workspace, workspaceName: "C", ...inner }],
    });
    expect(read(anomalies, groups({ anomalies: [], count: 0 })).anomalies).toEqual([]);
    expect(read(anomalies, groups({ anomalies: null })).anomalies).toHaveLength(1);
    expect(read(anomalies, groups({ tags: [], message: "silent" })).anomalies).toHaveLength(1);
  });

  it("finds nothing deeper than three levels, and keeps all of it raw", () => {
    const deep = { a: { b: { c: { d: [{ name: "X" }] } } } };
    expect(read(anomalies, deep)).toEqual({ anomalies: [], raw: deep });
    expect(read(anomalies, null)).toEqual({ anomalies: [], raw: null });
  });
});

describe("data sources by workspace", () => {
  const connector = { dataConnectorId: "c", name: "Office 365", connected: true };

  it.each([
    ["a list of groups", [{ workspaceId: workspace, dataSources: [connector] }]],
    ["groups under another name", { workspaces: [{ accountId: workspace, connectors: [connector] }] }],
    ["a map from id to list", { [workspace]: [connector] }],
    ["a map from id to group", { [workspace]: { datasources: [connector] } }],
  ])("reads %s", (_, value) => {
    expect(read(datasourceGroups, value)).toMatchObject([
      { workspaceId: workspace, dataSources: [{ dataConnectorId: "c", connected: true }] },
    ]);
  });

  it("reads null as none", () => {
    expect(read(datasourceGroups, null)).toEqual([]);
  });
});

describe("gamebooks", () => {
  it.each([
    ["a bare list", [{ id: "p", title: "Disable user" }]],
    ["an object around it", { playbooks: [{ playbookId: "p", displayName: "Disable user" }] }],
  ])("reads rules from %s", (_, value) => {
    const rules = read(gamebookRules, value);
    expect(rules.playbooks).toMatchObject([{ id: "p", name: "Disable user" }]);
    expect(rules.raw).toEqual(value);
  });

  it("has no rules in null and in an object without any", () => {
    expect(read(gamebookRules, null)).toEqual({ playbooks: [], raw: null });
    expect(read(gamebookRules, { note: "none" }).playbooks).toEqual([]);
  });

  it.each([null, "", undefined])("ends a history when the page token is %j", (pageToken) => {
    expect(read(gamebookHistory, { gamebooks: [], pageToken }).pageToken).toBeNull();
  });

  it("derives whether a page follows when it is not said", () => {
    expect(read(gamebookPages, { items: [], currentPage: "1", totalPages: 2 })).toMatchObject({
      hasNextPage: true,
      hasPreviousPage: false,
    });
    expect(read(gamebookPages, { items: [], currentPage: 2, totalPages: 2 }).hasNextPage).toBe(false);
    expect(
      read(gamebookPages, { items: [], currentPage: 1, totalPages: 9, hasNextPage: false }).hasNextPage,
    ).toBe(false);
  });
});

describe("tables", () => {
  it("evens ragged rows out and keeps cells that are no text", () => {
    const reading = new Reading();
    const table = dataTable(
      { columns: ["a", "b"], rows: [["1"], ["1", 2, "3"], [true, { x: 1 }], "no row"] },
      reading,
    );
    expect(table.rows).toEqual([
      ["1", null],
      ["1", 2],
      [true, '{"x":1}'],
    ]);
    expect(reading.report().unreadable.map((finding) => finding.reason)).toEqual([
      "not a list",
      "a row is longer than the columns",
    ]);
  });

  it("is empty without columns, and takes columns given as objects", () => {
    expect(read(dataTable, {})).toEqual({ columns: [], rows: [] });
    expect(read(dataTable, { columns: [{ name: "a" }], rows: [["x"]] })).toEqual({
      columns: ["a"],
      rows: [["x"]],
    });
  });

  it("reads a cell of absurd nesting as null and not as a stack overflow", () => {
    const deep: unknown = JSON.parse("[".repeat(60_000) + "]".repeat(60_000));
    expect(read(dataTable, { columns: ["a"], rows: [[deep]] }).rows).toEqual([[null]]);
  });

  it("says that sign-ins could not be had, which is not the same as none", () => {
    expect(read(signinLogs, { canRetrieveData: false, message: "No licence", nextPageLink: "" })).toEqual({
      dataTable: null,
      nextPageLink: null,
      message: "No licence",
      canRetrieveData: false,
    });
  });
});

describe("tickets", () => {
  const ticket = { serviceNowTicket: { id: "s", urgency: "high" } };

  it.each([
    ["a list", [ticket]],
    ["one ticket", ticket],
    ["an object around a list", { tickets: [ticket] }],
  ])("reads a search from %s", (_, value) => {
    expect(read(ticketSearch, value)).toMatchObject([{ serviceNowTicket: { id: "s", urgency: "High" } }]);
  });

  it("shows a product that nobody has described", () => {
    const haloTicket = { haloTicket: { id: 7 } };
    expect(read(ticketSearch, [haloTicket])).toEqual([
      { autotaskTicket: null, serviceNowTicket: null, jiraTicket: null, raw: haloTicket },
    ]);
  });

  it.each([
    [ticket, { ok: true, ticket: { serviceNowTicket: { id: "s" } } }],
    [true, { ok: true, ticket: null }],
    [null, { ok: true, ticket: null }],
    [false, { ok: false, ticket: null }],
  ])("reads a changed priority from %j", (value, expected) => {
    expect(read(priorityChange, value)).toMatchObject(expected);
  });
});

describe("outcomes", () => {
  it.each([
    [true, true],
    [null, true],
    [undefined, true],
    [{ id: "x" }, true],
    [false, false],
    ["False", false],
  ])("%j is ok: %j", (value, ok) => {
    expect(read(outcome, value)).toEqual({ ok });
  });

  it("reads a profile change with and without the profile", () => {
    expect(read(profileChange, true)).toEqual({ ok: true, profile: null });
    expect(read(profileChange, false).ok).toBe(false);
    expect(read(profileChange, { userId: "u", preferredTimeZoneId: "Europe/Vienna" }).profile).toMatchObject({
      preferredTimeZoneId: "Europe/Vienna",
    });
  });

  it("takes the one id of a workspace user for both", () => {
    expect(read(workspaceUser, { id: "u", workspaceId: workspace })).toMatchObject({ id: "u", userId: "u" });
  });
});

describe("Azure", () => {
  const group = { id: "/subscriptions/s/resourceGroups/g", name: "g", tags: { a: "b" } };

  it.each([
    ["a list", [group]],
    ["Azure's own wrapping", { value: [group] }],
    ["a single object", group],
  ])("reads %s and keeps it raw", (_, value) => {
    expect(read(azureList(resourceGroup), value)).toEqual([
      { id: group.id, name: "g", location: null, raw: group },
    ]);
  });

  it("does not take an unreadable answer for yes or no", () => {
    expect(read(ownership, true).isOwner).toBe(true);
    expect(read(ownership, { isOwner: "false" }).isOwner).toBe(false);
    expect(read(ownership, {}).isOwner).toBeNull();
    expect(read(validity, false)).toEqual({ isValid: false, message: null, raw: false });
    expect(read(validity, { valid: true, message: "ok" })).toMatchObject({ isValid: true, message: "ok" });
    expect(read(validity, null).isValid).toBeNull();
  });

  it("refuses text where a list is expected", () => {
    expect(() => read(azureList(resourceGroup), "none")).toThrow(Unreadable);
  });
});
