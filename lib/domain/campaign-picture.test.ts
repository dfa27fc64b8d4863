import { expect, it } from "vitest";
import { placeOnLine } from "./campaign-picture";

it("places a time on its line in hundredths, within the ends, and at the beginning of a line without length", () => {
  const at = (ms: number) => new Date(ms).toISOString();
  expect(placeOnLine(at(1_500), 1_000, 2_000)).toBe(50);
  expect(placeOnLine(at(500), 1_000, 2_000)).toBe(0);
  expect(placeOnLine(at(9_000), 1_000, 2_000)).toBe(100);
  expect(placeOnLine(at(1_000), 1_000, 1_000)).toBe(0);
});
