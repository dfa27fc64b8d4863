import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { isOperationId, type Operation, operationIds, registry } from "../index";
import { matchOperation } from "../match";
import { parseQuery } from "../query";
import { parseReply, UnreadableReply } from "../tolerant";
import { facts } from "./facts";
import { dateTimeOut } from "./fillers";
import { samples } from "./samples";
import { notFoundProblem, olderError, validationProblem } from "./samples-problems";
import { incidentCreatedBody, signatureVectors, vectorSecret } from "./samples-webhooks";

const key = (each: { method: string; path: string }) => `${each.method} ${each.path}`;
const all: Operation[] = operationIds.map((id) => registry[id]);
const byKey = new Map(all.map((operation) => [key(operation), operation]));

function required(schema: z.ZodObject): string[] {
  return Object.entries(schema.shape)
    .filter(([, member]) => !z.safeParse(member, undefined).success)
    .map(([name]) => name);
}

const namesIn = (path: string) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);

function operationOf(id: string): Operation {
  if (!isOperationId(id)) throw new Error(`${id} is not in the registry`);
  return registry[id];
}

describe("the registry agrees with the hand-typed facts", () => {
  it("knows exactly the 60 operations, no more and no fewer", () => {
    expect(facts).toHaveLength(60);
    expect(new Set(facts.map(key)).size).toBe(60);
    expect([...byKey.keys()].sort()).toEqual(facts.map(key).sort());
  });

  it.each(facts.map((fact) => [key(fact), fact] as const))("%s", (name, fact) => {
    const operation = byKey.get(name);
    expect(operation?.scope).toBe(fact.scope);
    expect(operation && required(operation.params).sort()).toEqual(namesIn(fact.path).sort());
    expect(operation && required(operation.query).sort()).toEqual([...(fact.query ?? [])].sort());
    expect(Object.keys(operation?.query.shape ?? {})).toEqual(
      expect.arrayContaining([...(fact.query ?? []), ...(fact.mayAsk ?? [])]),
    );
    expect(operation?.body !== null).toBe(fact.body === true);
  });
});

describe("the registry takes the documented requests and reads the documented replies", () => {
  it("has a sample for each operation whose reply is documented", () => {
    const shown = new Set(samples.filter((sample) => sample.reply !== undefined).map((sample) => sample.id));
    const missing = operationIds.filter((id) => registry[id].certainty === "documented" && !shown.has(id));
    expect(missing).toEqual([]);
  });

  it.each(samples.map((sample) => [sample.name, sample] as const))("request: %s", (_, sample) => {
    const operation = operationOf(sample.id);
    expect(operation.params.parse(sample.params ?? {})).toEqual(sample.params ?? {});
    expect(() => parseQuery(operation, new URLSearchParams(sample.search))).not.toThrow();
    if (operation.body === null) expect(sample.body).toBeUndefined();
    else if (sample.body !== undefined) expect(operation.body.parse(sample.body)).toEqual(sample.body);
  });

  it.each(
    samples.filter((sample) => sample.reply !== undefined).map((sample) => [sample.name, sample] as const),
  )("reply: %s", (_, sample) => {
    const parsed = parseReply(operationOf(sample.id), sample.reply, sample.params);
    expect(parsed.report).toEqual({ unreadableRows: 0, unreadable: [], unknownKeys: [] });
    expect(parsed.meta).toEqual({ requestId: "0HN8Q3V0001", timestamp: "2026-04-15T20:00:00.000Z" });
  });
});

/** The leaves of a JSON value, as text. */
function leaves(value: unknown): string[] {
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(leaves) : [String(value)];
}

describe("nothing documented is lost on the way through the reader", () => {
  const documented = samples.filter((sample) => sample.reply !== undefined);

  it.each(documented.map((sample) => [sample.name, sample] as const))("%s", (_, sample) => {
    const data: unknown = (sample.reply as { data: unknown }).data;
    const read = leaves(parseReply(operationOf(sample.id), sample.reply, sample.params).data);
    const expected = leaves(data).map((leaf) =>
      /^\d{4}-\d{2}-\d{2}T.*Z$/.test(leaf) ? leaf.slice(0, 19) : leaf,
    );
    for (const leaf of new Set(expected)) expect(read.some((each) => each.startsWith(leaf))).toBe(true);
    // Each text filler must arrive as often as it was sent: a dropped member would be one too few.
    const count = (list: string[]) => list.filter((leaf) => leaf === "<string>" || leaf === "123").length;
    expect(count(read)).toBeGreaterThanOrEqual(count(leaves(data)));
  });

  it("normalises times, except the partition key of a delivery log", () => {
    const sample = samples.find((each) => each.id === "webhooks.deliveryLog");
    const { data } = parseReply(registry["webhooks.deliveryLog"], sample?.reply);
    expect(data.completedAt).toBe(dateTimeOut);
    expect(data.createdAt).toBe("2026-04-15T20:00:00.1234567+00:00");
  });

  it("gives the walk's tokens back character by character", () => {
    const [first] = samples.filter((each) => each.id === "incidents.acrossWorkspaces");
    const { data } = parseReply(registry["incidents.acrossWorkspaces"], first?.reply);
    expect(data.sourcePageTokens).toEqual([
      {
        workspaceId: "6eca6a1f-b7d1-4bb8-a055-35ad6bb4b9b1",
        sourceTokens: { Sentinel: "Gd41DJgGnsDnbYHEdqbFaAKzlIbg6NVK...CQM8=" },
      },
    ]);
  });
});

describe("what is no success is not read as one", () => {
  it.each([notFoundProblem, validationProblem])("a problem document is no envelope", (problem) => {
    expect(() => parseReply(registry["webhooks.list"], problem)).toThrow(UnreadableReply);
  });

  it("the older error body is no list of anything", () => {
    expect(() => parseReply(registry["incidents.acrossWorkspaces"], olderError)).toThrow(UnreadableReply);
  });
});

describe("the addresses of the samples lead to their own operation", () => {
  it.each(facts.map((fact) => [key(fact), fact] as const))("%s", (_, fact) => {
    const path = fact.path.replace(/\{(\w+)\}/g, "3c90c3cc-0d44-4b50-8888-8dd25736052a");
    const match = matchOperation(fact.method, path);
    expect("id" in match && key(registry[match.id])).toBe(key(fact));
  });
});

describe("the signature vectors were typed without a slip", () => {
  it("has a body V1 of 626 bytes", () => {
    expect(Buffer.byteLength(incidentCreatedBody)).toBe(626);
    expect(() => JSON.parse(incidentCreatedBody) as unknown).not.toThrow();
  });

  it.each(signatureVectors)("$name", ({ timestamp, body, signature }) => {
    const digest = createHmac("sha256", vectorSecret).update(`${timestamp}.${body}`);
    expect(signature).toBe(
      signature.startsWith("sha256=") ? `sha256=${digest.digest("hex")}` : digest.digest("base64"),
    );
  });
});
