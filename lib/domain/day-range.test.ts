import { expect, it } from "vitest";
import { rangeStart } from "./day-range";

it("counts ranges back from now", () => {
  expect(rangeStart("7d", Date.UTC(2026, 10, 24, 10))).toBe(Date.UTC(2026, 10, 17, 10));
  expect(rangeStart("all", Date.UTC(2026, 10, 24, 10))).toBeNull();
});
