import { describe, expect, it } from "vitest";
import { facets } from "./incident-filter";
import { describeChoice, facetChoice, facetOptions, withFacet } from "./incident-filter-facets";
import { defaultView } from "./incident-view";

const { filter } = defaultView;
const any = (...values: string[]) => ({ mode: "any" as const, values });
const none = (...values: string[]) => ({ mode: "none" as const, values });
const label = (value: string) => value.toUpperCase();

describe("a choice in a facet", () => {
  it.each([
    ["severity", any("Low", "High")],
    ["status", any("New")],
    ["source", any("Sentinel", "Splunk")],
    ["owner", any("unassigned", "zoe@x.test")],
    ["workspace", none("w1")],
    ["tactic", any("Impact")],
    ["product", none("P", "Q")],
  ] as const)("of %s is given back as it was made", (facet, choice) => {
    expect(facetChoice(withFacet(filter, facet, choice), facet)).toEqual(choice);
  });

  it("touches no other facet", () => {
    for (const facet of facets) {
      const next = withFacet(filter, facet, any());
      for (const other of facets)
        if (other !== facet) expect(facetChoice(next, other)).toEqual(facetChoice(filter, other));
    }
  });

  it("keeps known words in their own order, whichever way they were ticked", () => {
    expect(withFacet(filter, "severity", any("High", "Low")).severities).toEqual(["Low", "High"]);
    expect(withFacet(filter, "status", any("New", "Active")).statuses).toEqual(filter.statuses);
  });

  it("without values is no filter, and no longer turned round", () => {
    expect(withFacet(filter, "workspace", none()).workspaces).toEqual(any());
    expect(withFacet(filter, "status", any()).statuses).toEqual([]);
  });
});

describe("describeChoice", () => {
  it("reads as a sentence after the facet's name", () => {
    expect(describeChoice("severity", any("High", "Low"), label, filter)).toBe("HIGH, LOW");
    expect(describeChoice("workspace", none("lab"), label, filter)).toBe("not LAB");
    expect(describeChoice("product", any("a", "b", "c", "d"), label, filter)).toBe("A, B +2");
    expect(describeChoice("status", facetChoice(filter, "status"), label, filter)).toBe("open");
  });
});

describe("facetOptions: what a picker offers, and what the counts rest on", () => {
  const counted = [
    { value: "High", label: "High", rows: 3 },
    { value: "Odd", label: "Odd", rows: 1 },
  ];
  it("is the whole set, worst first; what upstream was not asked for has no count", () => {
    expect(facetOptions("severity", counted, any("High"), [], String)).toEqual([
      { value: "High", label: "High", rows: 3 },
      { value: "Medium", label: "Medium", rows: null },
      { value: "Low", label: "Low", rows: null },
      { value: "Informational", label: "Informational", rows: null },
    ]);
    expect(facetOptions("severity", counted, any(), [], String)[1]?.rows).toBe(0);
  });
  it("adds what is known or chosen to what is loaded, once", () => {
    const loaded = [{ value: "w1", label: "One", rows: 9 }];
    const known = [
      { value: "w1", label: "One" },
      { value: "w2", label: "Two" },
    ];
    expect(facetOptions("workspace", loaded, none("w2", "w3"), known, label)).toEqual([
      { value: "w1", label: "One", rows: 9 },
      { value: "w2", label: "Two", rows: 0 },
      { value: "w3", label: "W3", rows: 0 },
    ]);
  });
  it("always offers nobody as an owner", () => {
    expect(facetOptions("owner", [], any(), [], label)).toEqual([
      { value: "unassigned", label: "UNASSIGNED", rows: 0 },
    ]);
    expect(facetOptions("owner", [], any("zoe@x.test"), [], label)[1]).toMatchObject({ rows: null });
  });
});
