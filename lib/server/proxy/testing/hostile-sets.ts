import fc from "fast-check";
import { z } from "zod";
import type { OperationId } from "@/lib/contract";
import { registry } from "@/lib/contract";
import { anyCharacter } from "@/lib/contract/witness/any-character";

/** A call as it stands on the wire: raw path and search, and the body's text. */
export interface RawCall {
  readonly path: string;
  readonly search: string;
  readonly body: string | undefined;
}

/** A call that is fine as it is, to be spoiled. */
export interface FineCall {
  readonly id: OperationId;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

interface Spoiling {
  /** Which of the places that the call has. */
  readonly where: number;
  readonly how: "replace" | "add" | "remove" | "wrap";
  readonly name: string;
  readonly value: unknown;
}

type Json = Record<string, unknown> | unknown[];

const names = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "workspaceId",
  "workspaceIds",
  "organizationId",
  "isFirstCall",
  "workspacePageTokens",
  "clientSecret",
  "role",
  "isAdmin",
  "$where",
  "",
  "a.b",
  "surprise",
];

const texts = [
  "",
  ".",
  "..",
  "%2e%2e",
  "../../users",
  "..%2f..%2fusers",
  "%252e%252e%252f",
  "..;x",
  "\\..\\users",
  "a/b",
  "a?b=c",
  "a#b",
  "\u0000",
  "a\r\nX-Evil: 1",
  "%00",
  "%0d%0a",
  "%ff",
  "%",
  "\ud800",
  "\u202e",
  "\u2028",
  "//evil.test",
  "http://169.254.169.254/latest",
  "' OR 1=1 --",
  "<script>alert(1)</script>",
  "=cmd|' /C calc'!A0",
  "${7*7}",
  "{{7*7}}",
  "__proto__",
  "profile",
  "across-workspaces",
  "00000000-0000-0000-0000-000000000000",
  "deadbeef-0000-4000-8000-00000000dead",
  "9999-99-99T99:99:99Z",
  "2026-02-30T00:00:00Z",
  "NaN",
  "1e999",
  "-0",
  "true",
  "null",
  "x".repeat(5_000),
];

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

const odd: unknown[] = [
  null,
  true,
  false,
  [],
  {},
  [[]],
  [null],
  { length: 1e9 },
  { then: "x" },
  nested(19),
  nested(200),
  Array.from({ length: 1_001 }, () => 0),
  Number.MAX_SAFE_INTEGER,
  Number.MIN_SAFE_INTEGER,
  -1,
  0.5,
  1e308,
];

const anyText = fc.array(anyCharacter, { maxLength: 12 }).map((parts) => parts.join(""));

const spoiling: fc.Arbitrary<Spoiling> = fc.record({
  where: fc.nat(10_000),
  how: fc.constantFrom<Spoiling["how"]>("replace", "replace", "replace", "add", "add", "remove", "wrap"),
  name: fc.oneof(fc.constantFrom(...names), anyText),
  value: fc.oneof(fc.constantFrom(...texts), fc.constantFrom(...odd), anyText, fc.integer(), fc.double()),
});

/** Bodies that are no JSON, or more than we take. */
const rawBodies = [
  "",
  "{",
  "nul",
  "[1,]",
  "\ufeff{}",
  '{"a":1,"a":2}',
  "\u0000",
  "[".repeat(5_000),
  "1",
  '"text"',
];

export interface Spoilings {
  readonly list: readonly Spoiling[];
  /** Text in the place of the body. */
  readonly raw: string | null;
}

/** As many single spoilings as sets are made of; drawn once, because drawing costs more than the call that is spoiled. */
const pooled = 20_000;

/**
 * Makes sets of one to three spoilings. The same seed makes the same ones; each operation walks its own way through the pool, so that no
 * two are given the same sets.
 */
export function hostileSets(seed: number): (way: number) => () => Spoilings {
  const pool = fc.sample(spoiling, { numRuns: pooled, seed });
  return (way) => {
    const draw = randomNumbers(seed + way);
    const pick = <T>(list: readonly T[]): T => list[draw(list.length)] as T;
    return () => ({
      list: Array.from({ length: 1 + draw(3) }, () => pick(pool)),
      raw: draw(31) === 0 ? pick(rawBodies) : null,
    });
  };
}

/** Whole numbers below a limit, evenly spread (mulberry32). */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Sets a member as JSON.parse would: `__proto__` becomes a member like any other. A copy, since the next spoiling may be inside it. */
function put(holder: Json, key: string | number, given: unknown): void {
  const value = typeof given === "object" ? structuredClone(given) : given;
  Object.defineProperty(holder, key, { value, enumerable: true, writable: true, configurable: true });
}

function holdersOf(value: unknown, found: Json[] = []): Json[] {
  if (typeof value !== "object" || value === null) return found;
  found.push(value as Json);
  for (const inner of Object.values(value)) holdersOf(inner, found);
  return found;
}

function spoilMember(holder: Json, { where, how, name, value }: Spoiling): void {
  const keys = Object.keys(holder);
  const key = keys[where % Math.max(keys.length, 1)];
  if (how === "add" || key === undefined) put(holder, Array.isArray(holder) ? holder.length : name, value);
  else if (how === "replace") put(holder, key, value);
  else if (how === "wrap") put(holder, key, [holder[key as keyof Json]]);
  else if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else Reflect.deleteProperty(holder, key);
}

/** Text in an address: as it stands (so that it may break out), but no lone surrogate that only a test could write. */
function rawText(value: unknown): string {
  const text = typeof value === "object" ? (JSON.stringify(value) ?? "") : String(value);
  return text.slice(0, 6_000).toWellFormed();
}

type Pair = [string, string];

function pairsOf(query: FineCall["query"]): Pair[] {
  return Object.entries(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value])
      .filter((each) => each !== undefined && each !== null)
      .map((each): Pair => [name, encodeURIComponent(String(each))]),
  );
}

function spoilPairs(pairs: Pair[], { where, how, name, value }: Spoiling): void {
  const pair = pairs[where % Math.max(pairs.length, 1)];
  if (how === "add" || !pair)
    pairs.push([encodeURIComponent(name.toWellFormed()), encodeURIComponent(rawText(value))]);
  else if (how === "replace") pair[1] = where % 2 === 0 ? encodeURIComponent(rawText(value)) : rawText(value);
  else if (how === "wrap") pairs.push([...pair]);
  else pairs.splice(pairs.indexOf(pair), 1);
}

/** The fine call with one to three things wrong: in a path parameter, in the query, or anywhere in the body. */
export function spoil(call: FineCall, { list, raw }: Spoilings): RawCall {
  const params = Object.fromEntries(
    Object.entries(call.params).map(([name, value]) => [name, encodeURIComponent(value)]),
  );
  const pairs = pairsOf(call.query);
  // The body stands in a holder, so that it can be replaced as a whole too.
  const root = [structuredClone(call.body)];
  const isWithBody = registry[call.id].method !== "GET";
  for (const each of list) {
    const paramNames = Object.keys(params);
    const holders = isWithBody ? holdersOf(root) : [];
    const place = each.where % (paramNames.length + 1 + holders.length * 2);
    const param = paramNames[place];
    const holder = holders[(place - paramNames.length - 1) % Math.max(holders.length, 1)];
    // An odd place replaces what it is given encoded, as a browser would; an even one as it stands.
    if (param !== undefined)
      params[param] = each.where % 2 === 0 ? rawText(each.value) : encodeURIComponent(rawText(each.value));
    else if (place === paramNames.length || !holder) spoilPairs(pairs, each);
    else spoilMember(holder, each);
  }
  const path = registry[call.id].path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? "");
  const search = pairs.map(([name, value]) => `${name}=${value}`).join("&");
  const body = raw ?? JSON.stringify(root[0]);
  return { path, search: search === "" ? "" : `?${search}`, body: isWithBody ? body : undefined };
}

interface Shape {
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly additionalProperties?: Shape | boolean;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly allOf?: readonly Shape[];
}

/** The declared shape of a body, as JSON Schema: another reading of it than the parser's own. */
export function shapeOf(schema: z.ZodType | null): Shape | null {
  return schema && (z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Shape);
}

function alternatives(shape: Shape): Shape[] {
  const inner = [...(shape.anyOf ?? []), ...(shape.oneOf ?? []), ...(shape.allOf ?? [])];
  return [shape, ...inner.flatMap(alternatives)];
}

/** Paths of all members of a value that no alternative of the shape declares. */
export function undeclared(value: unknown, shapes: readonly Shape[], at = ""): string[] {
  if (typeof value !== "object" || value === null) return [];
  const all = shapes.flatMap(alternatives);
  if (Array.isArray(value)) {
    const items = all.flatMap(({ items: item }) => (item ? [item] : []));
    return value.flatMap((each: unknown) => undeclared(each, items, `${at}[]`));
  }
  return Object.entries(value).flatMap(([key, inner]) => {
    const known = all.flatMap(({ properties, additionalProperties }) => {
      if (properties && Object.hasOwn(properties, key)) return [properties[key] ?? {}];
      return typeof additionalProperties === "object" ? [additionalProperties] : [];
    });
    return known.length === 0 ? [`${at}.${key}`] : undeclared(inner, known, `${at}.${key}`);
  });
}
