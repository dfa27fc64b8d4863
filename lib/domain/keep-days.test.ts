import { expect, test } from "vitest";
import { keepDaysOf, parseKeepDays } from "./keep-days";

test.each([
  ["", 400, 400],
  ["90", 90, 90],
  ["400; globex=90", 400, 90],
  ["globex=31;", 400, 31],
  [" 3650 ;globex = 100", 3650, 100],
])("%j", (text, main, globex) => {
  const keep = parseKeepDays(text)!;
  expect([keepDaysOf(keep, "main"), keepDaysOf(keep, "globex")]).toEqual([main, globex]);
});

test.each([
  "30",
  "3651",
  "forever",
  "90; 91",
  "globex=90; globex=91",
  "Globex=90",
  "globex=",
  "-90",
  "9e2",
  "90,91",
])("%j is nothing of the kind", (text) => expect(parseKeepDays(text)).toBeNull());

test("an organisation called like a member of every object has its own line only", () => {
  expect(keepDaysOf(parseKeepDays("50")!, "constructor")).toBe(50);
  expect(keepDaysOf(parseKeepDays("50; constructor=60")!, "constructor")).toBe(60);
});
