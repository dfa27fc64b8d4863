import { describe, expect, test } from "vitest";
import { csvCell, csvLine } from "./csv";

describe("SEC-15: no cell of an export is a formula", () => {
  test.each(["=1+1", "+1", "-2", "@sum(a)", "\tx", "\rx", "\0=x", "  =cmd|' /c calc'!A0", "\n=1"])(
    "%j",
    (text) => {
      expect(csvCell(text).startsWith(`"'`)).toBe(true);
    },
  );
  test("other text stays as it is, quotes doubled, numbers and nothing too", () => {
    expect(csvCell('a "b", c\nd')).toBe('"a ""b"", c\nd"');
    expect(csvLine([-5, null, "x-y", "ä=b"])).toBe('"-5","","x-y","ä=b"\r\n');
  });
});
