import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { incidentKey, type MergeableRow, mergeIncidents } from "./incident-merge";

const row = (over: Partial<MergeableRow> & { tag?: string } = {}) => ({
  workspaceId: "6eca6a1f-b7d1-4bb8-a055-35ad6bb4b9b1",
  source: "Sentinel",
  id: "1",
  lastModificationTime: "2026-11-24T10:00:00.000Z",
  tag: "a",
  ...over,
});

describe("mergeIncidents: one row per incident, the newest copy", () => {
  it("keeps the same id of another source or workspace apart", () => {
    const merged = mergeIncidents(new Map(), [
      row(),
      row({ source: "DefenderXDR" }),
      row({ workspaceId: "00000000-0000-4000-8000-000000000000" }),
    ]);
    expect(merged.size).toBe(3);
  });

  it("folds the case of workspace and source, not of the id", () => {
    expect(incidentKey(row({ source: "SENTINEL" }))).toBe(incidentKey(row()));
    expect(incidentKey(row({ workspaceId: row().workspaceId.toUpperCase() }))).toBe(incidentKey(row()));
    expect(incidentKey(row({ id: "a" }))).not.toBe(incidentKey(row({ id: "A" })));
  });

  it("does not let a late, older copy replace a newer one", () => {
    const newer = row({ lastModificationTime: "2026-11-24T11:00:00.000Z", tag: "new" });
    const merged = mergeIncidents(new Map([[incidentKey(newer), newer]]), [row({ tag: "old" })]);
    expect([...merged.values()]).toEqual([newer]);
  });

  it("compares instants, not text", () => {
    const held = row({ lastModificationTime: "2026-11-24T10:00:00.0000000+00:00", tag: "held" });
    const later = row({ lastModificationTime: "2026-11-24T10:00:00.500Z", tag: "later" });
    expect([...mergeIncidents(new Map([[incidentKey(held), held]]), [later]).values()]).toEqual([later]);
  });

  it("takes the later received copy when both carry the same time or none", () => {
    for (const lastModificationTime of ["2026-11-24T10:00:00.000Z", null, "not a time"]) {
      const first = row({ lastModificationTime, tag: "first" });
      const second = row({ lastModificationTime, tag: "second" });
      expect([...mergeIncidents(new Map(), [first, second]).values()]).toEqual([second]);
    }
  });

  it("returns the map itself for no rows and never changes it otherwise", () => {
    const held = new Map([[incidentKey(row()), row()]]);
    expect(mergeIncidents(held, [])).toBe(held);
    mergeIncidents(held, [row({ id: "2" })]);
    expect(held.size).toBe(1);
  });

  it("reaches the same rows whatever the order and however often pages arrive", () => {
    const rows = fc.array(
      fc.record({
        workspaceId: fc.constantFrom("w1", "w2"),
        source: fc.constantFrom("Sentinel", "Splunk"),
        id: fc.constantFrom("1", "2", "3"),
        hour: fc.integer({ min: 0, max: 23 }),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 7 }), (list, size) => {
        // A copy is determined by its time here, as it is upstream.
        const all = list.map(({ hour, ...key }) => ({
          ...key,
          lastModificationTime: new Date(Date.UTC(2026, 10, 24, hour)).toISOString(),
        }));
        const merge = (input: typeof all) => {
          let map: ReadonlyMap<string, (typeof all)[number]> = new Map();
          for (let at = 0; at < input.length; at += size)
            map = mergeIncidents(map, input.slice(at, at + size));
          return [...map].sort(([a], [b]) => a.localeCompare(b));
        };
        expect(merge([...all].reverse())).toEqual(merge(all));
        expect(merge([...all, ...all])).toEqual(merge(all));
      }),
    );
  });
});
