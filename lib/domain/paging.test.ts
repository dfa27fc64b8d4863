import { describe, expect, it } from "vitest";
import { nextContinuation, nextPageToken } from "./paging";

describe("tokens", () => {
  it.each([
    ["a", null, "a"],
    ["b", "a", "b"],
    ["a", "a", null],
    ["", "a", null],
    [null, "a", null],
    [undefined, null, null],
  ])("%j after %j is %j", (token, asked, next) => expect(nextPageToken(token, asked)).toBe(next));

  it.each([
    [{ continuationToken: "b", hasMore: true }, "b"],
    [{ continuationToken: "b" }, "b"],
    [{ continuationToken: "b", hasMore: false }, null],
    [{ continuationToken: "a", hasMore: true }, null],
    [{ hasMore: true }, null],
  ])("%j", (page, next) => expect(nextContinuation(page, "a")).toBe(next));
});
