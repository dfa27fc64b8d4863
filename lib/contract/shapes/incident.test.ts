import { describe, expect, it } from "vitest";
import { type Reader } from "../readers";
import { Reading, Unreadable } from "../reading";
import { incidentAlert, incidentDetail, incidentPage, incidentRow, relatedIncidents } from "./incident";

function read<T>(reader: Reader<T>, value: unknown, call: Record<string, string> = {}) {
  const reading = new Reading(call);
  return { data: reader(value, reading), report: reading.report() };
}

const smallest = { id: "1", source: "Sentinel", workspaceId: "w" };

describe("an incident row", () => {
  it("has every member, null or empty when absent", () => {
    expect(read(incidentRow, smallest).data).toEqual({
      id: "1",
      title: null,
      number: null,
      displayId: null,
      description: null,
      source: "Sentinel",
      sourceDisplayName: null,
      creationTime: null,
      lastModificationTime: null,
      lastActivityTime: null,
      severity: null,
      status: null,
      classification: null,
      classificationReason: null,
      classificationComment: null,
      comment: null,
      tactics: [],
      ruleIds: [],
      alertProductNames: [],
      user: null,
      isAssigned: false,
      alertsCount: null,
      entities: [],
      workspaceId: "w",
      workspaceName: null,
      name: null,
      type: null,
      productId: null,
    });
  });

  it.each(["id", "source", "workspaceId"])("is unreadable without %s", (name) => {
    expect(() => read(incidentRow, { ...smallest, [name]: null })).toThrow(Unreadable);
  });

  it("accepts the other names of times and workspace, the workspace's own name first", () => {
    const { data } = read(incidentRow, {
      id: 5544,
      source: "defenderxdr",
      createdAt: "2026-04-15T18:00:00Z",
      updatedAt: "2026-04-15T19:30:00Z",
      accountId: "6ECA6A1F-B7D1-4BB8-A055-35AD6BB4B9B1",
      accountName: "Contoso",
    });
    expect(data).toMatchObject({
      id: "5544",
      source: "DefenderXDR",
      creationTime: "2026-04-15T18:00:00.000Z",
      lastModificationTime: "2026-04-15T19:30:00.000Z",
      workspaceId: "6eca6a1f-b7d1-4bb8-a055-35ad6bb4b9b1",
      workspaceName: "Contoso",
    });
    expect(read(incidentRow, { ...smallest, accountId: "other" }).data.workspaceId).toBe("w");
  });

  it("derives isAssigned from the user and not from what upstream says", () => {
    const nobody = { id: null, displayName: null, email: "" };
    expect(read(incidentRow, { ...smallest, isAssigned: true, user: nobody }).data).toMatchObject({
      user: null,
      isAssigned: false,
    });
    const somebody = { email: "alex@example.com" };
    expect(read(incidentRow, { ...smallest, isAssigned: false, user: somebody }).data).toMatchObject({
      user: { id: null, displayName: null, email: "alex@example.com" },
      isAssigned: true,
    });
  });

  it("spells severities, statuses and tactics as the vendor does and keeps unknown ones", () => {
    const { data } = read(incidentRow, {
      ...smallest,
      severity: "HIGH",
      status: "Redirected",
      classification: "truepositive",
      tactics: ["lateral movement", "Initial-Access", "Sabotage"],
    });
    expect(data).toMatchObject({
      severity: "High",
      status: "Redirected",
      classification: "TruePositive",
      tactics: ["LateralMovement", "InitialAccess", "Sabotage"],
    });
  });

  it("keeps the incident when one of its entities cannot be read", () => {
    const { data, report } = read(incidentRow, {
      ...smallest,
      entities: [{ id: "e", ipAddress: "203.0.113.42" }, {}],
    });
    expect(data.entities).toEqual([
      { id: "e", type: null, kind: null, displayName: null, friendlyName: null, address: "203.0.113.42" },
    ]);
    expect(report.unreadableRows).toBe(0);
    expect(report.unreadable).toEqual([{ path: "data.entities[1].id", reason: "a required id is missing" }]);
  });
});

describe("an incident in full", () => {
  it("does without details", () => {
    const { data, report } = read(incidentDetail, { source: "Sentinel", incident: smallest });
    expect(data).toMatchObject({
      source: "Sentinel",
      investigationDetails: { entities: [], alerts: [] },
      evidence: null,
      gamebookCatalog: null,
    });
    expect(report.unreadable).toEqual([]);
  });

  it("takes workspace and source from the call when the reply does not repeat them", () => {
    const call = { workspaceId: "W", source: "QRadar" };
    expect(read(incidentDetail, { incident: { id: "1" } }, call).data).toMatchObject({
      source: "QRadar",
      incident: { workspaceId: "W", source: "QRadar" },
    });
    expect(() => read(incidentDetail, { incident: { id: "1" } })).toThrow(Unreadable);
  });

  it("takes the source beside the incident before the one of the call", () => {
    const value = { source: "splunk", incident: { id: "1", workspaceId: "w" } };
    expect(read(incidentDetail, value, { source: "QRadar" }).data.incident.source).toBe("Splunk");
  });

  it("passes the gamebook catalogue on and sets bad alerts aside, counted", () => {
    const value = {
      incident: smallest,
      gamebookCatalog: { entities: [{ anything: 1 }] },
      investigationDetails: { alerts: [{ displayName: "Impossible travel", vendorName: "Microsoft" }, 7] },
    };
    const { data, report } = read(incidentDetail, value);
    expect(data.gamebookCatalog).toEqual({ entities: [{ anything: 1 }] });
    expect(data.investigationDetails.alerts).toMatchObject([{ title: "Impossible travel", id: null }]);
    expect(report.unreadableRows).toBe(1);
  });

  it("reads an alert under its several names", () => {
    const alert = { systemAlertId: "a", alertDisplayName: "t", timeGenerated: "2026-04-15T20:00:00Z" };
    expect(read(incidentAlert, alert).data).toMatchObject({
      id: "a",
      title: "t",
      creationTime: "2026-04-15T20:00:00.000Z",
    });
  });
});

describe("a page of the walk", () => {
  const tokens = [{ workspaceId: "W-1", sourceTokens: { Sentinel: "abc", QRadar: null } }];

  it("promises more when tokens are open and the flag is missing", () => {
    expect(read(incidentPage, { incidents: [], sourcePageTokens: tokens }).data).toEqual({
      incidents: [],
      sourcePageTokens: [{ workspaceId: "W-1", sourceTokens: { Sentinel: "abc" } }],
      moreIncidentsAvailable: true,
    });
    expect(read(incidentPage, { incidents: null, moreIncidentsAvailable: "false" }).data).toEqual({
      incidents: [],
      sourcePageTokens: [],
      moreIncidentsAvailable: false,
    });
  });

  it.each([{}, { sourcePageTokens: [] }, { rows: [] }, { incidents: {} }])("is not %j", (value) => {
    expect(() => read(incidentPage, value)).toThrow(Unreadable);
  });

  it("says so when a workspace's tokens cannot be read", () => {
    const broken = [{ workspaceId: "w", sourceTokens: "all" }, { sourceTokens: {} }, ...tokens];
    const { data, report } = read(incidentPage, { incidents: [], sourcePageTokens: broken });
    expect(data.sourcePageTokens).toHaveLength(1);
    expect(report.unreadable.map((finding) => finding.path)).toEqual([
      "data.sourcePageTokens[0].sourceTokens",
      "data.sourcePageTokens[1].workspaceId",
    ]);
  });
});

describe("incidents around an entity", () => {
  const call = { workspaceId: "w", source: "Sentinel" };

  it.each([[[{ id: "1" }]], [{ incidents: [{ id: "1" }] }]])("reads %j", (value) => {
    expect(read(relatedIncidents, value, call).data.incidents).toMatchObject([{ id: "1", workspaceId: "w" }]);
  });

  it("reads null as none", () => {
    expect(read(relatedIncidents, null).data).toEqual({ incidents: [] });
  });
});
