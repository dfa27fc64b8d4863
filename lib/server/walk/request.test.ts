import { describe, expect, it } from "vitest";
import { walkRequestBody } from "./request";

const request = { sources: ["Sentinel"], timeFilterSelection: { type: "TwentyFourHours" }, cursor: null };

describe("the body of our own walk", () => {
  it("takes a filter and a cursor", () => {
    expect(walkRequestBody.parse(request)).toEqual(request);
    expect(
      walkRequestBody.safeParse({ ...request, cursor: "abc", severities: ["High"], query: "x" }).success,
    ).toBe(true);
  });

  it("takes no paging member of upstream's, nothing unknown, and no cursor that is left out or too long", () => {
    const { cursor: _cursor, ...without } = request;
    const refused = [
      { ...request, isFirstCall: true },
      { ...request, workspacePageTokens: [] },
      { ...request, sourcePageTokens: [] },
      { ...request, workspaceIds: ["a"] },
      without,
      { ...request, cursor: "x".repeat(301) },
      { ...request, cursor: 7 },
      { ...request, sources: ["Elastic"] },
      { ...request, timeFilterSelection: { type: "Custom" } },
    ];
    for (const body of refused)
      expect(walkRequestBody.safeParse(body).success, JSON.stringify(body).slice(0, 80)).toBe(false);
  });
});
