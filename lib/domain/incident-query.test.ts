import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { facets } from "./incident-filter";
import {
  type IncidentQuery,
  parseIncidentQuery,
  parsePlace,
  placeFits,
  printIncidentQuery,
  printPlace,
  wholeRegister,
} from "./incident-query";
import { sortColumns } from "./incident-view";

const parse = (text: string) => parseIncidentQuery(new URLSearchParams(text));
const queryOf = (text: string): IncidentQuery => {
  const parsed = parse(text);
  if ("errors" in parsed) throw new Error(JSON.stringify(parsed.errors));
  return parsed.query;
};
const errorsIn = (text: string) => {
  const parsed = parse(text);
  return "errors" in parsed ? Object.keys(parsed.errors) : [];
};
const place = { value: null, modifiedAt: null, workspaceId: "w", source: "s", incidentId: "i" };

describe("parseIncidentQuery", () => {
  test("nothing asked is the whole register, the newest change first", () => {
    expect(queryOf("")).toEqual(wholeRegister);
    expect(queryOf("text=&from=&sort=")).toEqual(wholeRegister);
  });

  test("several values of a facet, some of them turned round, each once", () => {
    const { facets: chosen } = queryOf(
      "severity=Low&severity=High&severity=Low&not-severity=Medium&not-owner=A@B.C",
    );
    expect(chosen.severity).toEqual({ any: ["High", "Low"], none: ["Medium"] });
    expect(chosen.owner).toEqual({ any: [], none: ["a@b.c"] });
  });

  test("times in any zone become one, text loses its spare blanks", () => {
    const query = queryOf(
      "from=2026-11-24T12:00:00%2B02:00&to=2026-11-25T00:00:00Z&text=%20two%20%20words%20&sort=-age",
    );
    expect(query).toMatchObject({ from: "2026-11-24T10:00:00.000Z", to: "2026-11-25T00:00:00.000Z" });
    expect(query).toMatchObject({ text: "two words", sort: { column: "age", descending: true } });
  });

  test.each([
    ["colour=red", "colour"],
    ["not-text=a", "not-text"],
    ["sort=age&sort=title", "sort"],
    ["sort=--age", "sort"],
    ["sort=constructor", "sort"],
    ["from=yesterday", "from"],
    ["from=2026-11-25T00:00:00Z&to=2026-11-25T00:00:00Z", "to"],
    ["severity=", "severity"],
    [`owner=${"x".repeat(321)}`, "owner"],
    [`text=${"x".repeat(501)}`, "text"],
    [
      new URLSearchParams(Array.from({ length: 501 }, (_, n) => ["workspace", String(n)])).toString(),
      "workspace",
    ],
    ["after=top", "after"],
    ['after=["a",null,"w","s"]', "after"],
    ['after=[{},null,"w","s","i"]', "after"],
    ['after=[1,"soon","w","s","i"]', "after"],
    [`after=${"x".repeat(4_001)}`, "after"],
  ])("%s is refused", (text, member) => {
    expect(errorsIn(text)).toEqual([member]);
  });
});

describe("printIncidentQuery", () => {
  const values = fc.uniqueArray(
    fc.string({ minLength: 1, maxLength: 20 }).map((text) => text.toLowerCase()),
    { maxLength: 4 },
  );
  const choice = fc.record({ any: values, none: values });
  const instant = fc.date({ min: new Date("2020-01-01"), max: new Date("2030-01-01"), noInvalidDate: true });
  const query = fc
    .record({
      facets: fc.record({
        severity: choice,
        status: choice,
        source: choice,
        owner: choice,
        workspace: choice,
        tactic: choice,
        product: choice,
      }),
      text: fc.string({ maxLength: 40 }),
      from: instant,
      minutes: fc.option(fc.integer({ min: 1, max: 9_999 }), { nil: null }),
      sort: fc.record({ column: fc.constantFrom(...sortColumns), descending: fc.boolean() }),
      value: fc.oneof(fc.constant(null), fc.string(), fc.integer()),
    })
    .map(({ facets: chosen, text, from, minutes, sort, value }) => ({
      facets: chosen,
      text,
      from: minutes === null ? null : from.toISOString(),
      to: minutes === null ? null : new Date(from.getTime() + minutes * 60_000).toISOString(),
      sort,
      after: { ...place, value },
    }));

  test("what is printed is read as the same question, and printed the same again", () => {
    fc.assert(
      fc.property(query, (asked) => {
        const printed = printIncidentQuery(asked).toString();
        const read = queryOf(printed);
        expect(printIncidentQuery(read).toString()).toBe(printIncidentQuery(queryOf(printed)).toString());
        expect(read.sort).toEqual(asked.sort);
        expect(read.after).toEqual(asked.after);
        for (const facet of facets)
          expect([...read.facets[facet].any].sort()).toEqual([...asked.facets[facet].any].sort());
      }),
      { numRuns: 200 },
    );
  });

  test("the whole register is an empty text", () => {
    expect(printIncidentQuery(wholeRegister).toString()).toBe("");
  });
});

describe("places", () => {
  test("survive printing, odd texts included", () => {
    const odd = { ...place, value: 'a"],[', modifiedAt: "2026-11-24T12:00:00.000Z", incidentId: "\u0000é\n" };
    expect(parsePlace(printPlace(odd))).toEqual(odd);
  });

  test("only a value of the column's kind fits", () => {
    expect(placeFits({ ...place, value: 3 }, "severity")).toBe(true);
    expect(placeFits({ ...place, value: "3" }, "severity")).toBe(false);
    expect(placeFits({ ...place, value: 3 }, "title")).toBe(false);
    expect(placeFits({ ...place, value: "soon" }, "age")).toBe(false);
    expect(placeFits({ ...place, value: "2026-11-24T12:00:00Z" }, "changed")).toBe(true);
    expect(placeFits(place, "number")).toBe(true);
  });
});
