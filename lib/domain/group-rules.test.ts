import { describe, expect, it } from "vitest";
import { grantOf, groupsOfClaim, parseGroupRules } from "./group-rules";

describe("group rules", () => {
  it("are read with and without a workspace group, and with a sign in the group's name", () => {
    expect(parseGroupRules("soc=main:admin; cn=tier 1,dc=x = acme : analyst : Northern ;")).toEqual([
      { group: "soc", organisationSlug: "main", role: "admin", workspaceGroup: null },
      { group: "cn=tier 1,dc=x", organisationSlug: "acme", role: "analyst", workspaceGroup: "Northern" },
    ]);
  });

  it.each([
    "",
    ";",
    "soc",
    "=main:admin",
    "soc=main",
    "soc=main:owner",
    "soc=MAIN!:admin",
    "soc=main:admin:",
    "soc=main:admin:a:b",
    "soc=main:admin;x",
  ])("%j is refused as a whole", (text) => {
    expect(parseGroupRules(text)).toBeNull();
  });

  const rules = parseGroupRules("a=main:viewer;n=main:analyst:North;s=main:analyst:South;x=acme:admin") ?? [];

  it("give the strongest role with the workspaces of that role only", () => {
    expect(grantOf(rules, "main", ["a"])).toEqual({ role: "viewer", workspaceGroups: null });
    expect(grantOf(rules, "main", ["a", "n"])).toEqual({ role: "analyst", workspaceGroups: ["North"] });
    expect(grantOf(rules, "main", ["s", "n"])).toEqual({
      role: "analyst",
      workspaceGroups: ["North", "South"],
    });
  });

  it("give nothing in another organisation, for another case, or for part of a name", () => {
    for (const group of ["x", "A", "", "aa"]) expect(grantOf(rules, "main", [group])).toBeNull();
  });

  it("take a claim of any other form for no group", () => {
    expect(groupsOfClaim(["a", 1, null, ["n"]])).toEqual(["a"]);
    expect(groupsOfClaim("a")).toEqual(["a"]);
    for (const claim of [undefined, null, 7, { a: true }]) expect(groupsOfClaim(claim)).toEqual([]);
  });
});
