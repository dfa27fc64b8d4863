import { expect, test } from "vitest";
import { CallError, refusedFields } from "./call-error";

const refusal = (errors: Record<string, string[]>) =>
  CallError.of({
    type: "about:blank",
    title: "Some of what was sent cannot be used",
    status: 400,
    code: "INVALID_INPUT",
    requestId: "r",
    errors,
  });

test("a refusal is told at the fields that the form shows", () => {
  expect(refusedFields(refusal({ name: ["Too long.", "Begins with a."] }), ["name", "email"])).toEqual({
    name: "Too long. Begins with a.",
  });
});

test("a refusal that no shown field can carry is told as a whole, and so is any other failure", () => {
  expect(refusedFields(refusal({ "scope.workspaceIds.3": ["Choose from the list."] }), ["name"])).toBeNull();
  expect(refusedFields(refusal({ name: [] }), ["name"])).toBeNull();
  expect(refusedFields(CallError.noAnswer(null), ["name"])).toBeNull();
  expect(refusedFields(new Error("x"), ["name"])).toBeNull();
  expect(refusedFields(null, ["name"])).toBeNull();
});

test("upstream may spell a field in its own way", () => {
  const errors = {
    Name: ["Too long."],
    "$.url": ["Not absolute."],
    "EventTypes[0]": ["Unknown."],
    "EventTypes[1]": ["Twice."],
  };
  expect(refusedFields(refusal(errors), ["name", "url", "eventTypes"])).toEqual({
    name: "Too long.",
    url: "Not absolute.",
    eventTypes: "Unknown. Twice.",
  });
  expect(refusedFields(refusal({ nameOfOwner: ["No."], "name.first": ["No."] }), ["name"])).toBeNull();
});
