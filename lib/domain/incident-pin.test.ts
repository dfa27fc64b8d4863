import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseIncidentQuery, printIncidentQuery, wholeRegister } from "./incident-query";
import { parsePins, pinKinds, pinTest, printPin } from "./incident-pin";
import { makeRow } from "./incident-view-fixture";

describe("pins in a text search", () => {
  it("come back from an address as they were, whatever their value", () => {
    const anyPin = fc.record({
      kind: fc.constantFrom(...pinKinds),
      value: fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }),
    });
    fc.assert(
      fc.property(anyPin, (pin) => {
        const text = printPin(pin);
        fc.pre(text !== null);
        const read = parseIncidentQuery(printIncidentQuery({ ...wholeRegister, text }));
        expect("query" in read && parsePins(read.query.text)).toEqual({ pins: [pin], words: "" });
      }),
    );
    for (const value of ['say "hi"', " two  blanks ", "100 %", "a\tb\u00a0c"])
      expect(parsePins(printPin({ kind: "title", value }) ?? "").pins).toEqual([{ kind: "title", value }]);
  });

  it("leave an ordinary value readable, and one that is too long out", () => {
    expect(printPin({ kind: "title", value: "éclair loader, 2nd" })).toBe('title:"éclair loader, 2nd"');
    expect(printPin({ kind: "entity", value: `url:${"x".repeat(500)}` })).toBeNull();
  });

  it("stand among words; what is not written as a pin is a word", () => {
    expect(parsePins('bank rule:"7" title:open')).toEqual({
      pins: [{ kind: "rule", value: "7" }],
      words: "bank title:open",
    });
    expect(parsePins('rule:"%E0%A4"').pins).toEqual([{ kind: "rule", value: "%E0%A4" }]);
  });

  it("choose exactly what they name", () => {
    const host = {
      id: "1",
      type: "Device",
      kind: "Host",
      displayName: null,
      friendlyName: null,
      hostName: "SRV-9",
    };
    const row = makeRow({ title: "Éclair loader", ruleIds: ["rule-7"], entities: [host] });
    expect(pinTest("éclair loader")).toBeNull();
    for (const [text, isIn] of [
      ['title:"eclair LOADER"', true],
      ['title:"eclair"', false],
      ['rule:"rule-7" entity:"host:srv-9"', true],
      ['rule:"rule-7" entity:"host:srv"', false],
    ] as const)
      expect(pinTest(text)?.(row), text).toBe(isIn);
  });
});
