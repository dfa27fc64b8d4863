import { describe, expect, it } from "vitest";
import { object, sparseObject, withRaw } from "./object-reader";
import {
  flag,
  id,
  instant,
  known,
  list,
  number,
  optional,
  raw,
  rows,
  text,
  word,
  workspaceId,
} from "./readers";
import { type Reader, reply } from "./readers";
import { Reading, Unreadable } from "./reading";

function read<T>(reader: Reader<T>, value: unknown) {
  const reading = new Reading();
  return { data: reader(value, reading), report: reading.report() };
}
const reasons = (report: ReturnType<Reading["report"]>) =>
  report.unreadable.map(({ path, reason }) => `${path}: ${reason}`);

describe("single values, tolerant in", () => {
  it.each([
    [text, "a", "a"],
    [text, "", ""],
    [text, 42, "42"],
    [text, true, "true"],
    [text, undefined, null],
    [number, "0123", 123],
    [number, "-7", -7],
    [number, "12.5", 12.5],
    [number, "", null],
    [number, null, null],
    [flag, "True", true],
    [flag, "false", false],
    [flag, undefined, null],
    [instant, "2026-04-15T20:00:00.0000000+00:00", "2026-04-15T20:00:00.000Z"],
    [instant, "", null],
    [instant, "0001-01-01T00:00:00", null],
    [id, 5_544, "5544"],
    [workspaceId, "6ECA6A1F-B7D1-4BB8-A055-35AD6BB4B9B1", "6eca6a1f-b7d1-4bb8-a055-35ad6bb4b9b1"],
    [workspaceId, "Not-A-Guid", "Not-A-Guid"],
  ] as [Reader<unknown>, unknown, unknown][])("%# reads without a finding", (reader, value, expected) => {
    const { data, report } = read(reader, value);
    expect(data).toBe(expected);
    expect(report.unreadable).toEqual([]);
  });

  it.each([
    [text, {}],
    [text, ["a"]],
    [number, "12a"],
    [number, "9".repeat(16)],
    [number, {}],
    [flag, "yes"],
    [flag, 1],
    [instant, "soon"],
    [instant, 1_776_870_000],
  ] as [Reader<unknown>, unknown][])("%# reads what is unusable as null and says so", (reader, value) => {
    const { data, report } = read(reader, value);
    expect(data).toBeNull();
    expect(report.unreadable).toHaveLength(1);
  });

  it.each([undefined, null, "", {}, [], true])("has no id in %j", (value) => {
    expect(() => id(value, new Reading())).toThrow(Unreadable);
  });

  it("spells known words as the vendor does and keeps unknown ones", () => {
    const source = known(["Sentinel", "DefenderXDR"]);
    expect(read(source, "defenderxdr").data).toBe("DefenderXDR");
    expect(read(source, "Sentinel").data).toBe("Sentinel");
    expect(read(source, "Chronicle").data).toBe("Chronicle");
    expect(read(source, "constructor").data).toBe("constructor");
    expect(read(source, null).data).toBeNull();
  });

  it("keeps raw values, and drops only absurd nesting", () => {
    expect(read(raw, { a: [1] }).data).toEqual({ a: [1] });
    expect(read(raw, undefined).data).toBeNull();
    const deep: unknown = JSON.parse("[".repeat(50_000) + "]".repeat(50_000));
    expect(read(raw, deep)).toMatchObject({
      data: null,
      report: { unreadable: [{ reason: "nested too deeply" }] },
    });
  });
});

describe("lists", () => {
  const item = object({ id, name: text });

  it("reads null and absence as empty", () => {
    expect(read(rows(item), null).data).toEqual([]);
    expect(read(list(item), undefined).data).toEqual([]);
  });

  it("sets a bad row aside, counts it and names the member", () => {
    const { data, report } = read(rows(item), [{ id: "a" }, { name: "no id" }, null, "x", { id: "b" }]);
    expect(data.map((each) => each.id)).toEqual(["a", "b"]);
    expect(report.unreadableRows).toBe(3);
    expect(reasons(report)).toEqual([
      "data[1].id: a required id is missing",
      "data[2]: not an object",
      "data[3]: not an object",
    ]);
  });

  it("leaves a bad item of an inner list out without counting a row", () => {
    const { data, report } = read(list(word), ["a", {}, 3]);
    expect(data).toEqual(["a", "3"]);
    expect(report).toMatchObject({
      unreadableRows: 0,
      unreadable: [{ path: "data[1]", reason: "not text" }],
    });
  });

  it("refuses rows that are no list, and reads an inner list that is none as empty", () => {
    expect(() => read(rows(item), { 0: {} })).toThrow(Unreadable);
    expect(read(list(item), "none")).toMatchObject({
      data: [],
      report: { unreadable: [{ reason: "not a list" }] },
    });
  });

  it("names at most fifty findings and counts all", () => {
    const { report } = read(
      rows(item),
      Array.from({ length: 80 }, () => ({})),
    );
    expect(report.unreadableRows).toBe(80);
    expect(report.unreadable).toHaveLength(50);
  });
});

describe("objects", () => {
  const shape = object(
    { id, time: instant, tags: list(word), inner: optional(object({ id })) },
    { aliases: { time: ["createdAt", "created"] }, ignored: ["noise"] },
  );

  it("has every member, null when absent", () => {
    expect(read(shape, { id: "a" }).data).toEqual({ id: "a", time: null, tags: [], inner: null });
  });

  it("tries other names in order, and only when the first is absent", () => {
    const [one, two] = ["2026-01-01T00:00:00.000Z", "2026-01-02T00:00:00.000Z"];
    expect(read(shape, { id: "a", time: one, createdAt: two }).data.time).toBe(one);
    expect(read(shape, { id: "a", time: null, createdAt: two, created: one }).data.time).toBe(two);
    expect(read(shape, { id: "a", created: one }).report.unknownKeys).toEqual([]);
  });

  it("names unknown members once, without index, and drops them", () => {
    const { data, report } = read(rows(shape), [
      { id: "a", noise: 1, extra: 1, inner: { id: "i", more: 2 } },
      { id: "b", extra: 2, __proto__: null },
    ]);
    expect(report.unknownKeys).toEqual(["data[].extra", "data[].inner.more"]);
    expect(Object.keys(data[0] ?? {})).toEqual(["id", "time", "tags", "inner"]);
  });

  it("is not fooled by members that would reach a prototype", () => {
    const value: unknown = JSON.parse('{"id":"a","__proto__":{"polluted":true},"constructor":{"x":1}}');
    const { data } = read(shape, value);
    expect(Object.getPrototypeOf(data)).toBe(Object.prototype);
    expect("polluted" in data).toBe(false);
    expect("polluted" in {}).toBe(false);
  });

  it("names at most fifty unknown members, each cut short", () => {
    const noisy = Object.fromEntries(
      Array.from({ length: 90 }, (_, index) => [`k${index}${"x".repeat(500)}`, 1]),
    );
    const { report } = read(shape, { id: "a", ...noisy });
    expect(report.unknownKeys).toHaveLength(50);
    expect(Math.max(...report.unknownKeys.map((name) => name.length))).toBeLessThanOrEqual(105);
  });

  it("reads an unreadable optional member as null and goes on at the right place", () => {
    const { data, report } = read(shape, { id: "a", inner: {}, time: "soon" });
    expect(data).toMatchObject({ id: "a", inner: null, time: null });
    expect(reasons(report)).toEqual([
      "data.time: not a date-time",
      "data.inner.id: a required id is missing",
    ]);
  });

  it("leaves absent sparse members out and can keep what was sent", () => {
    const sparse = sparseObject({ id }, { host: text });
    expect(read(sparse, { id: "a", host: null }).data).toEqual({ id: "a" });
    expect(read(sparse, { id: "a", host: "h" }).data).toEqual({ id: "a", host: "h" });
    expect(read(withRaw(object({ id })), { id: "a", z: 1 }).data).toEqual({
      id: "a",
      raw: { id: "a", z: 1 },
    });
  });

  it.each([null, undefined, [], "text", 3])("throws for %j", (value) => {
    expect(() => read(object({ name: text }), value)).toThrow(Unreadable);
  });
});

describe("the zod face of a reader", () => {
  const schema = reply(object({ id }));

  it("parses like the reader and reports its refusal as a zod issue", () => {
    expect(schema.parse({ id: "a", extra: 1 })).toEqual({ id: "a" });
    expect(schema.safeParse({}).error?.issues[0]?.message).toBe("a required id is missing");
  });
});
