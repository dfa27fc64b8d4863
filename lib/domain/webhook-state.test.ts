import { expect, test } from "vitest";
import { fittingActs, webhookState } from "./webhook-state";

test("status words of an open set, in any spelling", () => {
  const words = ["Active", "PAUSED", "auto-disabled", "Disabled", "Enabled", "Quarantined", "", null];
  expect(words.map((status) => webhookState({ status }))).toEqual([
    "active",
    "paused",
    "disabled",
    "disabled",
    "active",
    "unknown",
    "unknown",
    "unknown",
  ]);
  expect(webhookState({ status: "constructor" })).toBe("unknown");
});

test("each state has its own verb, and an unknown one all of them", () => {
  expect((["active", "paused", "disabled", "unknown"] as const).map(fittingActs)).toEqual([
    ["pause"],
    ["resume"],
    ["enable"],
    ["pause", "resume", "enable"],
  ]);
});
