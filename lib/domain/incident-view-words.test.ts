import { describe, expect, it } from "vitest";
import { defaultView } from "./incident-view";
import { kindOfWork, numberText, ownerName, ruleName, spellOut, windowText } from "./incident-view-words";

describe("spellOut: vendor words as people write them", () => {
  it.each([
    ["LateralMovement", "Lateral movement"],
    ["CommandAndControl", "Command and control"],
    ["TruePositive", "True positive"],
    ["IPAddress", "IP address"],
    ["FileHash", "File hash"],
    ["Impact", "Impact"],
    ["True positive", "True positive"],
    ["T1078.004", "T1078.004"],
    ["", ""],
  ])("%s → %s", (word, text) => expect(spellOut(word)).toBe(text));

  it("keeps every letter of a word it cannot split sensibly", () => {
    for (const word of ["IoTDevice", "cVE_2026-1", "ÄrgerLich"])
      expect(spellOut(word).replace(/ /g, "").toLowerCase()).toBe(word.toLowerCase());
  });
});

describe("what a cell says when upstream left something out", () => {
  it("prefers the id that people quote", () => {
    expect(numberText({ number: 7, displayId: "INC-7" })).toBe("INC-7");
    expect(numberText({ number: 0, displayId: null })).toBe("0");
    expect(numberText({ number: null, displayId: null })).toBeNull();
  });
  it("names the owner by the best name there is", () => {
    const user = { id: "u1", displayName: null, email: null };
    expect(ownerName({ user: null })).toBeNull();
    expect(ownerName({ user })).toBe("u1");
    expect(ownerName({ user: { ...user, email: "z@x.test" } })).toBe("z@x.test");
    expect(ownerName({ user: { ...user, email: "z@x.test", displayName: "Zoë" } })).toBe("Zoë");
  });
  it("shortens a rule's resource id to its own segment", () => {
    expect(ruleName("/subscriptions/s/alertRules/abc-1")).toBe("abc-1");
    expect(ruleName("abc")).toBe("abc");
    expect(ruleName("/")).toBe("/");
  });
});

describe("labels of a view", () => {
  it("names windows, and both ends of a range", () => {
    expect(windowText({ type: "FourtyEightHours" }, String)).toBe("Last 48 hours");
    expect(windowText({ type: "Custom", from: "a", to: "b" }, (iso) => iso.toUpperCase())).toBe("A – B");
  });
  it.each([
    [["New", "Active"], "open"],
    [["New"], "open"],
    [["Closed"], "closed"],
    [["New", "Closed"], "incidents"],
    [[], "incidents"],
  ])("%o is called %s", (statuses, kind) =>
    expect(kindOfWork({ ...defaultView.filter, statuses })).toBe(kind),
  );
});
