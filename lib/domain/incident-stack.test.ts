import { describe, expect, it } from "vitest";
import { describeStack, describeStacks, narrowedTo } from "./incident-stack";
import { defaultView } from "./incident-view";

const filter = { ...defaultView.filter, text: "mail" };

describe("narrowedTo", () => {
  it("names titles, rules and entities exactly, beside the words that are searched for", () => {
    const once = narrowedTo(filter, "title", { value: "sign-in" });
    expect(once?.text).toBe('mail title:"sign-in"');
    expect(narrowedTo(once!, "title", { value: "sign-in" })?.text).toBe('mail title:"sign-in"');
    expect(narrowedTo(filter, "entity", { value: "host:srv" })?.text).toBe('mail entity:"host:srv"');
    expect(narrowedTo(filter, "rule", { value: "x".repeat(600) })).toBeNull();
  });

  it("chooses workspaces and products", () => {
    expect(narrowedTo(filter, "workspace", { value: "w1" })?.workspaces).toEqual({
      mode: "any",
      values: ["w1"],
    });
    expect(narrowedTo(filter, "product", { value: "Defender" })?.products.values).toEqual(["Defender"]);
  });
});

describe("words", () => {
  it("say what lies on the stacks and what does not", () => {
    expect(describeStacks("title", { total: 3908, kinds: 1, without: 0 }, false)).toBe(
      "3,908 incidents, 1 title",
    );
    expect(describeStacks("entity", { total: 1, kinds: 2, without: 1 }, true)).toBe(
      "At least 1 incident, 2 entities; 1 without an entity",
    );
  });

  it("call a rule by its last part, an entity with its kind, a workspace without a count of itself", () => {
    const stack = {
      value: "v",
      name: "/a/b/Rule-7",
      entityKind: null,
      incidents: 2,
      customers: 1,
      latestAt: null,
    };
    expect(describeStack("rule", stack)).toEqual({ name: "Rule-7", about: "1 customer" });
    expect(describeStack("entity", { ...stack, name: "srv", entityKind: "Host", customers: 3 })).toEqual({
      name: "srv",
      about: "Host · 3 customers",
    });
    expect(describeStack("workspace", { ...stack, name: "Contoso" })).toEqual({ name: "Contoso", about: "" });
  });
});
