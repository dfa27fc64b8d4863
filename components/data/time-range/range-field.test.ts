import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fromField, rangeError, toField } from "./range-field";

beforeEach(() => void vi.stubEnv("TZ", "America/Chicago"));
afterEach(() => void vi.unstubAllEnvs());

const at = Date.UTC(2026, 10, 24, 14, 2);

describe("a range is typed in the zone that the screen shows", () => {
  it("writes and reads the same instant in either zone", () => {
    expect(toField(at, "utc")).toBe("2026-11-24T14:02");
    expect(toField(at, "local")).toBe("2026-11-24T08:02");
    for (const zone of ["utc", "local"] as const) expect(fromField(toField(at, zone), zone)).toBe(at);
  });
  it("refuses what is no time", () => {
    for (const text of ["", "2026-11-24", "today", "2026-13-45T99:99"])
      expect(fromField(text, "utc")).toBeNull();
  });
});

describe("rangeError", () => {
  it("asks for both ends, in order", () => {
    expect(rangeError(null, at)).toMatch(/both/);
    expect(rangeError(at, at)).toMatch(/after/);
    expect(rangeError(at, at - 1)).toMatch(/after/);
    expect(rangeError(at - 1, at)).toBeNull();
  });
});
