import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitForMiddle } from "./split-for-middle";

describe("splitForMiddle: the end of a long title stays in sight", () => {
  it.each([
    ["Malware detected on LAP-7781", "detected on LAP-7781"],
    ["Suspicious sign-in from anonymous IP address involving one user", "involving one user"],
    ["C:/Users/priya/Downloads/invoice_2026-11.pdf.exe", "6-11.pdf.exe"],
  ])("%s keeps %s", (text, tail) => expect(splitForMiddle(text)[1]).toBe(tail));

  it("leaves short texts whole", () =>
    expect(splitForMiddle("Rare RDP connections")).toEqual(["Rare RDP connections", ""]));

  it("never loses or doubles a character, nor breaks one in two", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), (text) => {
        const [front, tail] = splitForMiddle(text);
        expect(front + tail).toBe(text);
        expect(/[\uD800-\uDBFF]$/.test(front)).toBe(false);
      }),
    );
  });
});
