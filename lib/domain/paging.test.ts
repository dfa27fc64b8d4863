import { describe, expect, it } from "vitest";
import { nextContinuation, nextPageNumber, nextPageToken } from "./paging";

describe("page numbers", () => {
  it.each([
    ["goes on while there are pages", { totalPages: 3, hasNextPage: true }, 1, 50, 2],
    ["ends with the last page", { totalPages: 3, hasNextPage: false }, 3, 12, null],
    ["believes a plain no", { totalPages: 9, hasNextPage: false }, 1, 50, null],
    ["counts pages when nothing says whether there is a next", { totalPages: 2 }, 1, 50, 2],
    ["ends by the count against a yes that never ends", { totalPages: 2, hasNextPage: true }, 2, 50, null],
    ["goes on by a plain yes", { hasNextPage: true }, 4, 50, 5],
    ["ends at an empty page without a count", { hasNextPage: true }, 4, 0, null],
    ["ends when nothing is said", {}, 1, 50, null],
    ["goes on past an empty page within the count", { totalPages: 5, hasNextPage: true }, 2, 0, 3],
    ["counts by the number asked for", { currentPage: 1, totalPages: 3, hasNextPage: true }, 2, 50, 3],
  ])("%s", (_, page, asked, rows, next) => expect(nextPageNumber(page, asked, rows)).toBe(next));
});

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
