import { describe, expect, it } from "vitest";
import { retryAfterMs } from "./retry-after";

const now = Date.UTC(2026, 10, 24, 12, 0, 0);

describe("Retry-After", () => {
  it.each([
    ["3", 3_000],
    ["0", 0],
    [" 7 ", 7_000],
    ["99999999999", 99_999_999_999_000],
    ["Tue, 24 Nov 2026 12:00:30 GMT", 30_000],
    ["Tue, 24 Nov 2026 11:59:00 GMT", 0],
  ])("reads %s", (header, expected) => {
    expect(retryAfterMs(header, now)).toBe(expected);
  });

  it.each([
    null,
    "",
    "soon",
    "-3",
    "1.5",
    "1e9",
    "3 seconds",
    "2026-11-24",
    "Tue, 99 Nov 2026 12:00:30 GMT",
    "1".repeat(400),
  ])("takes %s for nothing usable", (header) => {
    expect(retryAfterMs(header, now)).toBeNull();
  });
});
