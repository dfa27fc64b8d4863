import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isOperationId, type Operation, operationIds, registry } from "./index";
import { reply } from "./readers";
import { parseReply, UnreadableReply } from "./tolerant";
import { samples } from "./witness/samples";
import { incidentRow } from "./witness/samples-incidents";

const meta = { requestId: "0HN8Q3V0001", timestamp: "2026-04-15T20:00:00.0000000+00:00" };
const list = registry["incidents.comments"];
const get = registry["serviceAccounts.get"];

/** Reads, or says that it was refused. Lets every other error through. */
function attempt(operation: Operation, json: unknown): unknown {
  try {
    return parseReply(operation, json).data;
  } catch (error) {
    if (error instanceof UnreadableReply) return error;
    throw error;
  }
}

describe("the envelope", () => {
  it("gives data, request id and a normalised time", () => {
    expect(parseReply(list, { data: [], meta })).toEqual({
      data: [],
      meta: { requestId: "0HN8Q3V0001", timestamp: "2026-04-15T20:00:00.000Z" },
      report: { unreadableRows: 0, unreadable: [], unknownKeys: [] },
    });
  });

  it("does without meta, and with nonsense in it", () => {
    const nothing = { requestId: null, timestamp: null };
    expect(parseReply(list, { data: [] }).meta).toEqual(nothing);
    expect(parseReply(list, { data: [], meta: "x" }).meta).toEqual(nothing);
    expect(parseReply(list, { data: [], meta: { requestId: {}, timestamp: "soon" } }).meta).toEqual(nothing);
  });

  it("accepts the pagination sibling and names other unknown members", () => {
    const { report } = parseReply(list, { data: [], meta, pagination: { hasMore: false }, debug: 1 });
    expect(report.unknownKeys).toEqual(["debug"]);
  });

  it("reads data: null as the empty list, also when a server leaves nulls out", () => {
    expect(parseReply(list, { data: null, meta }).data).toEqual([]);
    expect(parseReply(list, { meta }).data).toEqual([]);
  });

  it("does not take data: null for an object that must be there", () => {
    expect(() => parseReply(get, { data: null, meta })).toThrow(UnreadableReply);
    expect(() => parseReply(registry["incidents.acrossWorkspaces"], { data: null, meta })).toThrow(
      UnreadableReply,
    );
  });

  it.each([undefined, null, "", "<html>", 3, true, [], [{ data: [] }], {}, { incidents: [] }, { meta: 1 }])(
    "is missing in %j",
    (json) => {
      expect(() => parseReply(list, json)).toThrow(UnreadableReply);
    },
  );

  it("says where it gave up, and nothing of what was sent", () => {
    const sent = { data: { source: "Sentinel", incident: { secret: "hunter2" } }, meta };
    expect(() => parseReply(registry["incidents.get"], sent)).toThrow(
      "data.incident.id: a required id is missing",
    );
  });
});

describe("an empty body", () => {
  const queries = operationIds.filter((id) => registry[id].kind === "query");
  const mutations = operationIds.filter((id) => registry[id].kind === "mutation");

  it.each(mutations)("is a success for %s (204)", (id) => {
    const { data, meta: none } = parseReply(registry[id], undefined);
    expect(data === null || (data as { ok: boolean }).ok).toBe(true);
    expect(none).toEqual({ requestId: null, timestamp: null });
  });

  it.each(queries)("is no reply for %s", (id) => {
    expect(() => parseReply(registry[id], undefined)).toThrow(UnreadableReply);
  });
});

describe("a fault of ours", () => {
  it("is not passed off as an unreadable reply", () => {
    const broken: Operation = {
      ...list,
      reply: reply(() => {
        throw new TypeError("ours");
      }),
    };
    expect(() => parseReply(broken, { data: [] })).toThrow(TypeError);
  });
});

describe("bad rows", () => {
  it("do not take the good ones with them", () => {
    const incidents = [incidentRow, { ...incidentRow, id: null }, "row", { ...incidentRow, id: "second" }];
    const sent = { data: { incidents, sourcePageTokens: [], moreIncidentsAvailable: false }, meta };
    const { data, report } = parseReply(registry["incidents.acrossWorkspaces"], sent);
    expect(data.incidents.map((row) => row.id)).toEqual(["<string>", "second"]);
    expect(report.unreadableRows).toBe(2);
    expect(report.unreadable.map((finding) => finding.path)).toEqual([
      "data.incidents[1].id",
      "data.incidents[2]",
    ]);
  });
});

/** Free maps and members passed on as they came, by design. */
const passedOn = new Set([
  "parameters",
  "gamebookCatalog",
  "eventSubjectAttributes",
  "propertyValue",
  "sourceTokens",
]);

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** The value with `change` applied to each object in it, from the inside out. */
function mapObjects(value: Json, change: (object: { [key: string]: Json }) => { [key: string]: Json }): Json {
  if (Array.isArray(value)) return value.map((item) => mapObjects(item, change));
  if (typeof value !== "object" || value === null) return value;
  const inner = Object.entries(value).map(([key, member]) => [
    key,
    passedOn.has(key) ? member : mapObjects(member, change),
  ]);
  return change(Object.fromEntries(inner) as { [key: string]: Json });
}

const countNodes = (value: Json): number =>
  typeof value === "object" && value !== null
    ? Object.values(value).reduce<number>((sum, inner) => sum + countNodes(inner), 1)
    : 1;

/** The value with its n-th node (depth first) replaced. */
function replaceNode(value: Json, target: number, replacement: Json): Json {
  let next = 0;
  const walk = (node: Json): Json => {
    if (next++ === target) return replacement;
    if (Array.isArray(node)) return node.map(walk);
    if (typeof node !== "object" || node === null) return node;
    return Object.fromEntries(Object.entries(node).map(([key, inner]) => [key, walk(inner)]));
  };
  return walk(value);
}

const documented = samples
  .filter((sample) => sample.reply !== undefined && isOperationId(sample.id))
  .map((sample) => [sample.name, sample.id as keyof typeof registry, sample.reply as Json] as const);

describe("in a hostile world", () => {
  it.each(operationIds)("%s reads or refuses any JSON and throws nothing else", (id) => {
    const data = fc.oneof(
      fc.jsonValue(),
      fc.array(fc.jsonValue()),
      fc.dictionary(fc.string(), fc.jsonValue()),
    );
    const json = fc.oneof(
      { weight: 3, arbitrary: fc.record({ data, meta: fc.jsonValue() }) },
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(json, (value) => {
        attempt(registry[id], value);
      }),
      { numRuns: 60 },
    );
  });

  it.each(documented)("one broken member anywhere: %s", (_, id, sample) => {
    fc.assert(
      fc.property(fc.nat(countNodes(sample) - 1), fc.jsonValue(), (target, replacement) => {
        attempt(registry[id], replaceNode(sample, target, replacement as Json));
      }),
      { numRuns: 150 },
    );
  });

  // A ticket's reply keeps `raw` by design: products that nobody has described must not be hidden.
  it.each(documented.filter(([, id]) => id !== "tickets.link"))(
    "no unknown member comes out: %s",
    (_, id, sample) => {
      const names = fc.string({ minLength: 1, maxLength: 8 }).map((name) => `zz${name}`);
      fc.assert(
        fc.property(names, fc.jsonValue(), (name, value) => {
          const canary = ["canary-5150", value] as Json;
          const noisy = mapObjects(sample, (object) => ({ ...object, [name]: canary }));
          const parsed = parseReply(registry[id], noisy, { workspaceId: "w", source: "Sentinel" });
          expect(JSON.stringify(parsed.data)).not.toContain("canary-5150");
          expect(parsed.report.unknownKeys.length).toBeGreaterThan(0);
          expect(parsed.data).toEqual(parseReply(registry[id], sample).data);
        }),
        { numRuns: 20 },
      );
    },
  );

  it("is the same form when read once more", () => {
    for (const [, id, sample] of documented) {
      const once = parseReply(registry[id], sample).data;
      // These two do not read their own form: a boolean became `{ ok }`, and `raw` would nest.
      if (typeof once === "object" && once !== null && ("ok" in once || "raw" in once)) continue;
      expect(parseReply(registry[id], { data: JSON.parse(JSON.stringify(once)) as unknown }).data).toEqual(
        once,
      );
    }
  });

  it("survives nesting deeper than the stack", () => {
    const deep: unknown = JSON.parse(`{"data":${"[".repeat(60_000)}${"]".repeat(60_000)},"meta":{}}`);
    for (const id of operationIds) attempt(registry[id], deep);
    const inMember: unknown = JSON.parse(
      `{"data":[{"id":"a","zz":${"[".repeat(60_000)}${"]".repeat(60_000)}}]}`,
    );
    for (const id of operationIds) attempt(registry[id], inMember);
  });
});
