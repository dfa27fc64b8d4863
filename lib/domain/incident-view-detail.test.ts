import { describe, expect, it } from "vitest";
import type { Entity, IncidentAlert } from "@/lib/contract/shapes/incident";
import { groupEntities, joinIncident, orderAlerts } from "./incident-view-detail";
import { makeRow } from "./incident-view-fixture";

const entity = (over: Partial<Entity>): Entity => ({
  id: "e1",
  type: null,
  kind: "Account",
  displayName: null,
  friendlyName: null,
  ...over,
});
const zoe = { id: "z", displayName: "Zoë", email: null };

describe("joinIncident: the row and the detail tell one story", () => {
  it("is whichever there is", () => {
    const row = makeRow();
    expect(joinIncident(row, null)).toBe(row);
    expect(joinIncident(null, row)).toBe(row);
    expect(joinIncident(null, null)).toBeNull();
  });

  it("takes the newer copy and fills its gaps from the other", () => {
    const row = makeRow({ workspaceName: "Contoso", tactics: ["Impact"], status: "New", description: null });
    const detail = makeRow({
      workspaceName: null,
      tactics: [],
      status: "Active",
      description: "Long text",
      lastModificationTime: "2026-11-24T13:30:00.000Z",
    });
    expect(joinIncident(row, detail)).toMatchObject({
      workspaceName: "Contoso",
      tactics: ["Impact"],
      status: "Active",
      description: "Long text",
    });
    expect(joinIncident({ ...row, lastModificationTime: "2026-11-24T13:45:00.000Z" }, detail)).toMatchObject({
      status: "New",
      description: "Long text",
    });
  });

  it("prefers the detail at the same time of change", () => {
    expect(joinIncident(makeRow({ title: "row" }), makeRow({ title: "detail" }))?.title).toBe("detail");
  });

  it("does not bring back an owner or a verdict that the newer copy no longer has", () => {
    const row = makeRow({ user: zoe, isAssigned: true, classification: "TruePositive" });
    const detail = makeRow({ lastModificationTime: "2026-11-24T13:30:00.000Z" });
    expect(joinIncident(row, detail)).toMatchObject({ user: null, isAssigned: false, classification: null });
  });
});

describe("groupEntities", () => {
  it("groups by kind, in the order of appearance, and names each by what it is known by", () => {
    const groups = groupEntities(
      [
        entity({ displayName: "Zoë", userUpn: "zoe@x.test", friendlyName: "zoe" }),
        entity({ id: "h", kind: "Host", hostName: "FIN-042", deviceId: "d-1", friendlyName: "fin" }),
      ],
      [entity({ id: "i", kind: "IP", address: "203.0.113.7" })],
    );
    expect(groups.map(({ kind, entities }) => [kind, entities.map(({ name }) => name)])).toEqual([
      ["Account", ["Zoë"]],
      ["Host", ["FIN-042"]],
      ["IP", ["203.0.113.7"]],
    ]);
    expect(groups[0]?.entities[0]?.facts).toEqual([{ label: "Sign-in name", value: "zoe@x.test" }]);
    expect(groups[1]?.entities[0]?.facts).toEqual([{ label: "Device id", value: "d-1" }]);
  });

  it("shows the same thing once, in the copy that says most", () => {
    const groups = groupEntities(
      [entity({ displayName: "Zoë" })],
      [entity({ id: "other", displayName: "zoë", userUpn: "zoe@x.test" })],
    );
    expect(groups[0]?.entities).toHaveLength(1);
    expect(groups[0]?.entities[0]?.facts).toHaveLength(1);
  });

  it("copes with nothing but an id, and with unknown kinds", () => {
    expect(groupEntities([entity({ kind: null })])).toEqual([
      { kind: "Other", entities: [{ key: "e1", name: "e1", facts: [] }] },
    ]);
    expect(groupEntities([entity({ kind: "RegistryKey", friendlyName: "HKLM" })])[0]?.kind).toBe(
      "Registry key",
    );
    expect(groupEntities([])).toEqual([]);
  });
});

describe("orderAlerts", () => {
  it("puts the newest first and those without a time last", () => {
    const alert = (id: string, creationTime: string | null) => ({ id, creationTime }) as IncidentAlert;
    const alerts = [
      alert("none", null),
      alert("old", "2026-11-20T00:00:00.000Z"),
      alert("new", "2026-11-24T00:00:00.000Z"),
    ];
    expect(orderAlerts(alerts).map(({ id }) => id)).toEqual(["new", "old", "none"]);
  });
});
