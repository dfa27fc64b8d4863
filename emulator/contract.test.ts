import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OperationId, operationIds, registry } from "@/lib/contract";
import { parseReply } from "@/lib/contract/tolerant";
import { facts } from "@/lib/contract/witness/facts";
import { samples } from "@/lib/contract/witness/samples";
import { demoCredentials } from "./accounts/account-store";
import { operationGuesses } from "./guesses";
import { type RunningEmulator, startEmulator } from "./start";
import { basic, callOperation, codeOf, dataOf, type Input, type Reply } from "./testing/caller";
import { exampleOf } from "./testing/examples";
import { readPage, walkAll } from "./testing/walker";

let emulator: RunningEmulator;
beforeAll(async () => {
  emulator = await startEmulator({
    scenario: "working-day",
    seed: 7,
    startAt: "2026-11-24T10:00:00Z",
    frozen: true,
  });
});
afterAll(() => emulator.stop());

async function callExample(id: OperationId): Promise<{ reply: Reply; input: Input<OperationId> }> {
  const input = await exampleOf(emulator, id);
  return { reply: await callOperation(emulator, id, input), input };
}

function read(id: OperationId, reply: Reply, input: Input<OperationId>) {
  return parseReply(registry[id], reply.json, input.params as Record<string, string>);
}

const noContent: readonly OperationId[] = ["webhooks.delete", "serviceAccounts.delete"];
const creates: readonly OperationId[] = [
  "webhooks.create",
  "serviceAccounts.create",
  "serviceAccounts.issueCredential",
  "users.add",
];

describe("every operation answers its own contract", () => {
  it.each(operationIds)("%s: every row readable, no member that the contract does not know", async (id) => {
    const { reply, input } = await callExample(id);
    expect(reply.text).not.toContain("The emulator failed");
    expect(reply.status).toBe(noContent.includes(id) ? 204 : creates.includes(id) ? 201 : 200);
    const { report, meta } = read(id, reply, input);
    expect(report.unreadableRows).toBe(0);
    expect(report.unknownKeys).toEqual([]);
    if (reply.status !== 204) {
      expect(meta.requestId).toMatch(/^0HNLBAG/);
      expect(meta.timestamp).toBe("2026-11-24T10:00:00.000Z");
    }
  });

  it("answers every incident of a working day in a form that the contract reads in full", async () => {
    const { rows } = await walkAll(emulator);
    const reply = {
      data: { incidents: rows, sourcePageTokens: [], moreIncidentsAvailable: false },
      meta: {},
    };
    const { data, report } = parseReply(registry["incidents.acrossWorkspaces"], reply);
    expect(report).toEqual({ unreadableRows: 0, unreadable: [], unknownKeys: [] });
    expect(data.incidents).toHaveLength(420);
  });
});

describe("guessed shapes can be turned round", () => {
  const switching = operationIds.filter((id) => operationGuesses[id]?.some((guess) => guess.canSwitch));

  it("lists the operations whose shape we are least sure of", () => {
    expect(switching.length).toBeGreaterThan(15);
  });

  it.each(switching)("%s answers in its other form, which the contract reads as well", async (id) => {
    const { reply, input } = await callExample(id);
    const second = await exampleOf(emulator, id);
    emulator.control.faults([{ kind: "alternateShapes" }]);
    const other = await callOperation(emulator, id, second);
    emulator.control.clearFaults();
    const form = (each: Reply) =>
      JSON.stringify(shapeOf((each.json as { data?: unknown } | undefined)?.data));
    expect(form(other)).not.toBe(form(reply));
    const usual = read(id, reply, input);
    const turned = read(id, other, second);
    expect(turned.report.unreadableRows).toBe(0);
    expect(turned.report.unknownKeys).toEqual([]);
    if (Array.isArray(usual.data)) expect((turned.data as unknown[]).length).toBe(usual.data.length);
  });
});

/** Structure of a JSON value: member names and types, the first item of lists only. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (typeof value !== "object" || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, shapeOf(member)]));
}

describe("the hand-typed facts hold against the running emulator", () => {
  const idOfFact = (fact: { method: string; path: string }): OperationId => {
    const id = operationIds.find(
      (each) => registry[each].method === fact.method && registry[each].path === fact.path,
    );
    if (id === undefined) throw new Error(`${fact.path} is not in the registry`);
    return id;
  };
  const filler = "3c90c3cc-0d44-4b50-8888-8dd25736052a";
  const address = (path: string) =>
    emulator.baseUrl + path.replace(/\{(\w+)\}/g, (_, name) => (name === "source" ? "Sentinel" : filler));

  it.each(facts.map((fact) => [`${fact.method} ${fact.path}`, fact] as const))(
    "%s exists",
    async (_, fact) => {
      emulator.control.clearStats();
      const reply = await fetch(address(fact.path), { method: fact.method });
      expect(reply.status).toBe(401);
      expect(reply.headers.get("www-authenticate")).toContain("Basic");
      expect(emulator.control.stats().requests[0]?.operation).toBe(idOfFact(fact));
    },
  );

  it.each(facts.filter((fact) => (fact.query ?? []).length > 0).map((fact) => [fact.path, fact] as const))(
    "%s refuses to be asked without its required query",
    async (_, fact) => {
      const id = idOfFact(fact);
      const { query: _query, ...input } = await exampleOf(emulator, id);
      const reply = await callOperation(emulator, id, input);
      expect(reply.status).toBe(400);
      const { errors } = reply.json as { errors: Record<string, string[]> };
      expect(Object.keys(errors)).toEqual(expect.arrayContaining([...(fact.query ?? [])]));
    },
  );
});

describe("the vendor's samples hold against the running emulator", () => {
  /** Path of each member that a sample shows, list items as `[]`. */
  function members(value: unknown, path = "data"): string[] {
    if (Array.isArray(value)) return value.flatMap((item) => members(item, `${path}[]`));
    if (typeof value !== "object" || value === null) return [path];
    return Object.entries(value).flatMap(([key, member]) => [
      `${path}.${key}`,
      ...members(member, `${path}.${key}`),
    ]);
  }

  /** Members of one-of-many objects and of free maps, which no single reply has to fill. */
  const mayLack =
    /entities\[\]|\.(autotaskTicket|serviceNowTicket|jiraTicket)\.|sourceTokens|parameters|gamebookCatalog|\.evidence|playbooks|columns|rows|eventSubjectAttributes|createdAt|updatedAt|comments\[\]|notes\[\]/;
  const answered = samples.filter((sample) => sample.reply !== undefined);

  it.each(answered.map((sample) => [sample.name, sample] as const))(
    "answers what is documented: %s",
    async (_, sample) => {
      const id = sample.id as OperationId;
      const { reply } = await callExample(id);
      const ours = new Set(members(dataOf(reply)));
      const documented = members((sample.reply as { data: unknown }).data).filter(
        (path) => !mayLack.test(path),
      );
      expect(documented.filter((path) => !ours.has(path))).toEqual([]);
    },
  );

  it.each(
    samples.filter((sample) => sample.body !== undefined).map((sample) => [sample.name, sample] as const),
  )("takes what is documented: %s", async (_, sample) => {
    const id = sample.id as OperationId;
    const { reply } = await callWithSample(id, sample.body as Record<string, unknown>);
    expect([200, 201, 204, 400, 404]).toContain(reply.status);
    // What it refuses, it refuses for the filler values, never for a member that it does not know or misses.
    const { errors = {} } = (reply.json ?? {}) as { errors?: Record<string, string[]> };
    const allowed =
      /^(workspacePageTokens|workspaceAssignments|scopes|expirationDate|incident\.workspaceId|users\.\d+\.email)/;
    expect(Object.keys(errors).filter((key) => !allowed.test(key))).toEqual([]);
  });

  async function callWithSample(id: OperationId, body: Record<string, unknown>) {
    const { params, query } = await exampleOf(emulator, id);
    return { reply: await callOperation(emulator, id, { params, query, body }) };
  }
});

describe("what does not fit the contract is refused like the vendor does", () => {
  const post = (path: string, body: string, type = "application/json") =>
    fetch(emulator.baseUrl + path, {
      method: "POST",
      headers: { authorization: basic(demoCredentials.main), "content-type": type },
      body,
    });

  it("answers a body that is no JSON with BAD_REQUEST and another media type with 415", async () => {
    const broken = await post("/incidents/across-workspaces", "{");
    expect([broken.status, ((await broken.json()) as { code: string }).code]).toEqual([400, "BAD_REQUEST"]);
    expect((await post("/incidents/across-workspaces", "{}", "text/plain")).status).toBe(415);
  });

  it("names the fields of a validation failure, and refuses unknown words in enumerations", async () => {
    const body = {
      isFirstCall: true,
      workspacePageTokens: [],
      sources: ["Chronicle"],
      timeFilterSelection: { type: "Fortnight" },
    };
    const reply = await callOperation(emulator, "incidents.acrossWorkspaces", { body });
    expect(codeOf(reply)).toBe("VALIDATION_ERROR");
    expect(Object.keys((reply.json as { errors: object }).errors)).toEqual([
      "sources.0",
      "timeFilterSelection.type",
    ]);
    expect(reply.headers.get("content-type")).toContain("application/problem+json");
  });

  it("ignores unknown members and nulls, as the vendor's framework does", async () => {
    const body = {
      isFirstCall: true,
      workspacePageTokens: [],
      sources: [],
      severities: null,
      nonsense: 1,
      timeFilterSelection: { type: "ThreeHours", customStartUtc: null },
    };
    expect((await callOperation(emulator, "incidents.acrossWorkspaces", { body })).status).toBe(200);
  });

  it("refuses a custom window without its ends", async () => {
    const body = {
      isFirstCall: true,
      workspacePageTokens: [],
      sources: [],
      timeFilterSelection: { type: "Custom" },
    };
    expect((await callOperation(emulator, "incidents.acrossWorkspaces", { body })).status).toBe(400);
  });

  it("binds query names and the source of a path without regard to case", async () => {
    const { params } = await exampleOf(emulator, "incidents.get");
    const { workspaceId, incidentId } = params as Record<string, string>;
    const reply = await fetch(
      `${emulator.baseUrl}/workspaces/${workspaceId}/incidents/sentinel/${incidentId}?WITHDETAILS=true`,
      {
        headers: { authorization: basic(demoCredentials.main) },
      },
    );
    const { data } = (await reply.json()) as { data: { investigationDetails: unknown } };
    expect(data.investigationDetails).not.toBeNull();
  });

  it.each([
    "/workspaces/%2e%2e/datasources",
    "/%00",
    "/users/%E0%A4%A",
    "/workspaces//datasources",
    "/nothing/here",
  ])("gives no operation to %s", async (path) => {
    emulator.control.clearStats();
    const url = new URL(emulator.url);
    const reply = await rawRequest(url, `GET /api/v2${path} HTTP/1.1`);
    expect(reply).toMatch(/^HTTP\/1\.1 (400|404)/);
    expect(emulator.control.stats().requests).toMatchObject([{ operation: null, rawPath: `/api/v2${path}` }]);
  });

  it("keeps the first page of an empty result honest: no rows, no tokens, nothing promised", async () => {
    const page = await readPage(
      emulator,
      { sources: [], timeFilterSelection: { type: "ThreeHours" }, query: "no such text anywhere" },
      null,
    );
    expect(page).toEqual({ incidents: [], sourcePageTokens: [], moreIncidentsAvailable: false });
  });
});

/** Sends a request line as it is: `fetch` would tidy the path up. */
async function rawRequest(url: URL, line: string): Promise<string> {
  const { connect } = await import("node:net");
  return new Promise((resolve, reject) => {
    const socket = connect(Number(url.port), url.hostname, () => {
      socket.write(`${line}\r\nHost: ${url.host}\r\nConnection: close\r\n\r\n`);
    });
    let text = "";
    socket.on("data", (chunk: Buffer) => (text += chunk.toString("latin1")));
    socket.on("end", () => resolve(text));
    socket.on("error", reject);
  });
}
