import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { incidentSources, severities, statuses } from "@/lib/contract/vocabulary";
import { demoCredentials } from "./accounts/account-store";
import type { OracleFilter } from "./control/oracle";
import { type RunningEmulator, startEmulator } from "./start";
import { callOperation, codeOf, type Pair } from "./testing/caller";
import { keyOf, lastDay, readPage, type Tokens, walkAll } from "./testing/walker";

let emulator: RunningEmulator;
const start = "2026-11-24T10:00:00Z";
beforeAll(async () => {
  emulator = await startEmulator({ scenario: "storm", seed: 7, startAt: start, frozen: true });
});
afterAll(() => emulator.stop());

const keys = (list: readonly Parameters<typeof keyOf>[0][]) => list.map(keyOf).sort();
const held = (filter: OracleFilter) => keys(emulator.control.incidents(filter));

describe("a walk shows exactly what is held", () => {
  it("brings the storm's 5,000 incidents over many pages, none missing and none twice", async () => {
    const { rows, pages } = await walkAll(emulator);
    expect(pages).toBeGreaterThan(10);
    expect(rows).toHaveLength(5_000);
    expect(keys(rows)).toEqual(held(lastDay));
  });

  it("does so for any filter", async () => {
    const people = ["Inês Carvalho", "Gemma Hartley"];
    const users = await peopleNamed(people);
    const filter: fc.Arbitrary<OracleFilter> = fc.record(
      {
        sources: fc.subarray([...incidentSources]),
        timeFilterSelection: fc.oneof(
          fc
            .constantFrom("ThreeHours", "SixHours", "TwentyFourHours", "FourtyEightHours")
            .map((type) => ({ type: type as "SixHours" })),
          fc
            .tuple(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 1, max: 3_000 }))
            .map(([ago, length]) => {
              const end = Date.parse(start) - ago * 60_000;
              return {
                type: "Custom" as const,
                customStartUtc: new Date(end - length * 60_000).toISOString(),
                customEndUtc: new Date(end).toISOString(),
              };
            }),
        ),
        severities: fc.subarray([...severities]),
        statuses: fc.subarray([...statuses]),
        query: fc.constantFrom("powershell", "SRV-", "bank", "41", "客", "no such text"),
        assigneeIds: fc.subarray(users.map((user) => user.id)),
        assigneeEmails: fc.subarray(users.map((user) => user.email)),
        includeUnassigned: fc.boolean(),
      },
      { requiredKeys: ["sources", "timeFilterSelection"] },
    );
    await fc.assert(
      fc.asyncProperty(filter, async (chosen) => {
        const { rows } = await walkAll(emulator, chosen);
        expect(keys(rows)).toEqual(held(chosen));
      }),
      { numRuns: 25, seed: 7 },
    );
  });

  it("filters by what the rows themselves say", async () => {
    const all = await walkAll(emulator);
    const user = all.rows
      .map((row) => row.user as { id: string | null; email: string | null })
      .find((each) => each.id !== null);
    const cases: [Partial<OracleFilter>, (row: Record<string, unknown>) => boolean][] = [
      [{ severities: ["High"] }, (row) => row.severity === "High"],
      [{ statuses: ["New", "Closed"] }, (row) => row.status !== "Active"],
      [{ sources: ["QRadar", "Splunk"] }, (row) => row.source === "QRadar" || row.source === "Splunk"],
      [
        { query: "POWERSHELL" },
        (row) =>
          `${String(row.title)}\n${String(row.description ?? "")}`.toLowerCase().includes("powershell"),
      ],
      [{ assigneeIds: [String(user?.id)] }, (row) => (row.user as typeof user)?.id === user?.id],
      [
        { assigneeEmails: [String(user?.email).toUpperCase()], includeUnassigned: true },
        (row) => [null, user?.email].includes((row.user as typeof user)?.email),
      ],
      [{ includeUnassigned: true }, (row) => (row.user as typeof user)?.id === null],
    ];
    for (const [filter, says] of cases) {
      const expected = all.rows.filter(says);
      expect(expected.length).toBeGreaterThan(0);
      expect(keys((await walkAll(emulator, { ...lastDay, ...filter })).rows)).toEqual(keys(expected));
    }
  });

  it("takes the window on the creation time, both ends included", async () => {
    const [newest] = (await readPage(emulator, lastDay, null)).incidents;
    const at = new Date(String(newest?.creationTime)).toISOString();
    const timeFilterSelection = {
      type: "Custom" as const,
      customStartUtc: new Date(Date.parse(at) - 999).toISOString(),
      customEndUtc: new Date(Date.parse(at) + 999).toISOString(),
    };
    const { rows } = await walkAll(emulator, { sources: [], timeFilterSelection });
    expect(keys(rows)).toContain(keyOf(newest ?? {}));
  });

  async function peopleNamed(names: readonly string[]): Promise<{ id: string; email: string }[]> {
    const reply = await callOperation(emulator, "users.list");
    const { data } = reply.json as { data: { id: string; email: string; displayName: string }[] };
    return data.filter((user) => names.includes(user.displayName));
  }
});

describe("pages", () => {
  it("are cut by the server: at most eight rows per token in a storm, newest first", async () => {
    const page = await readPage(emulator, lastDay, null);
    const perStream = new Map<string, number>();
    for (const row of page.incidents) {
      const stream = `${String(row.workspaceId)} ${String(row.source)}`;
      perStream.set(stream, (perStream.get(stream) ?? 0) + 1);
    }
    expect(Math.max(...perStream.values())).toBe(8);
    const times = page.incidents.map((row) => Math.floor(Date.parse(String(row.creationTime)) / 1000));
    expect(times).toEqual([...times].sort((a, b) => b - a));
  });

  it("drop a finished workspace from the tokens, and never bring it back", async () => {
    let tokens: Tokens | null = null;
    let before: Set<string> | null = null;
    let shrank = false;
    do {
      const page: Awaited<ReturnType<typeof readPage>> = await readPage(emulator, lastDay, tokens);
      const now = new Set(
        page.sourcePageTokens.flatMap((each) =>
          Object.keys(each.sourceTokens).map((source) => `${each.workspaceId} ${source}`),
        ),
      );
      if (before !== null) {
        const earlier = before;
        expect([...now].every((stream) => earlier.has(stream))).toBe(true);
        shrank ||= now.size < before.size;
      }
      before = now;
      tokens = page.sourcePageTokens;
      expect(page.moreIncidentsAvailable).toBe(tokens.length > 0);
    } while (tokens.length > 0);
    expect(shrank).toBe(true);
  });

  it("stay the same when the same tokens are asked again", async () => {
    const { sourcePageTokens } = await readPage(emulator, lastDay, null);
    expect(await readPage(emulator, lastDay, sourcePageTokens)).toEqual(
      await readPage(emulator, lastDay, sourcePageTokens),
    );
  });

  it("go on below the last row when some tokens are left out", async () => {
    const first = await readPage(emulator, lastDay, null);
    const one = first.sourcePageTokens.slice(0, 1);
    const next = await readPage(emulator, lastDay, one);
    expect(new Set(next.incidents.map((row) => row.workspaceId))).toEqual(new Set([one[0]?.workspaceId]));
    const seen = new Set(first.incidents.map(keyOf));
    expect(next.incidents.filter((row) => seen.has(keyOf(row)))).toEqual([]);
  });
});

describe("a token that was modified, swapped or hand-built is refused", () => {
  const ask = (
    workspacePageTokens: Tokens,
    filter: OracleFilter = lastDay,
    pair: Pair = demoCredentials.main,
  ) =>
    callOperation(
      emulator,
      "incidents.acrossWorkspaces",
      { body: { isFirstCall: false, workspacePageTokens, sources: [], ...filter } },
      pair,
    );

  async function oneToken(): Promise<{ workspaceId: string; source: string; token: string }> {
    const { sourcePageTokens } = await readPage(emulator, lastDay, null);
    const [first] = sourcePageTokens;
    const [[source, token] = ["", ""]] = Object.entries(first?.sourceTokens ?? {});
    return { workspaceId: String(first?.workspaceId), source, token };
  }

  async function expectRefused(reply: Awaited<ReturnType<typeof ask>>): Promise<void> {
    expect([reply.status, codeOf(reply)]).toEqual([400, "VALIDATION_ERROR"]);
    expect((reply.json as { detail: string }).detail).toBe(
      "One or more pagination tokens are invalid. Use the tokens from the previous response unmodified.",
    );
  }

  it("whichever character is changed", async () => {
    const { workspaceId, source, token } = await oneToken();
    expect((await ask([{ workspaceId, sourceTokens: { [source]: token } }])).status).toBe(200);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(token.length - 1),
        fc.constantFrom("A", "b", "7", "+", "="),
        async (place, character) => {
          fc.pre(token[place] !== character);
          const changed = token.slice(0, place) + character + token.slice(place + 1);
          await expectRefused(await ask([{ workspaceId, sourceTokens: { [source]: changed } }]));
        },
      ),
      { numRuns: 60, seed: 3 },
    );
    for (const changed of [
      token.slice(0, -1),
      `${token}A`,
      token.slice(4),
      "Gd41DJgGnsDnbYHEdqbF",
      token.replace(/=*$/, ""),
    ]) {
      if (changed !== token)
        await expectRefused(await ask([{ workspaceId, sourceTokens: { [source]: changed } }]));
    }
  });

  it("for another workspace, another source, another filter, another provider, or twice", async () => {
    const { workspaceId, source, token } = await oneToken();
    const other = emulator.control
      .workspaces()
      .find((each) => each.id !== workspaceId && each.sources.includes(source));
    const tokens = [{ workspaceId, sourceTokens: { [source]: token } }];
    await expectRefused(await ask([{ workspaceId: String(other?.id), sourceTokens: { [source]: token } }]));
    await expectRefused(
      await ask([{ workspaceId, sourceTokens: { [source === "Splunk" ? "QRadar" : "Splunk"]: token } }]),
    );
    await expectRefused(await ask(tokens, { ...lastDay, severities: ["High"] }));
    await expectRefused(await ask(tokens, { sources: [], timeFilterSelection: { type: "SixHours" } }));
    await expectRefused(await ask(tokens, lastDay, demoCredentials.globex));
    await expectRefused(await ask([...tokens, ...tokens]));
  });

  it("but not after a reset with the same seed, and not for the filter's members in another order", async () => {
    const { workspaceId, source, token } = await oneToken();
    emulator.control.reset();
    const tokens = [{ workspaceId, sourceTokens: { [source]: token } }];
    const reordered = { timeFilterSelection: { type: "TwentyFourHours" as const }, sources: [] };
    expect((await ask(tokens, reordered)).status).toBe(200);
    emulator.control.reset({ seed: 8 });
    await expectRefused(await ask(tokens));
    emulator.control.reset({ seed: 7 });
  });
});

describe("while time goes on", () => {
  it("a walk neither meets newcomers nor loses what was there when it began", async () => {
    const before = held(lastDay);
    const first = await readPage(emulator, lastDay, null);
    const rows = [...first.incidents];
    let tokens = first.sourcePageTokens;
    while (tokens.length > 0) {
      emulator.control.clock({ advanceMs: 90_000 });
      const page = await readPage(emulator, lastDay, tokens);
      rows.push(...page.incidents);
      tokens = page.sourcePageTokens;
    }
    expect(keys(rows)).toEqual(before);
    expect(held(lastDay)).not.toEqual(before);
  });

  it("new incidents arrive every few seconds, and others are assigned, taken up and closed", async () => {
    const rowsBefore = new Map((await walkAll(emulator)).rows.map((row) => [keyOf(row), row]));
    emulator.control.clock({ advanceMs: 30 * 60_000 });
    const rowsAfter = (await walkAll(emulator)).rows;
    const arrived = rowsAfter.filter((row) => !rowsBefore.has(keyOf(row)));
    expect(arrived.length).toBeGreaterThan(300);
    expect(arrived.length).toBeLessThan(700);
    const changed = rowsAfter.flatMap((row) => {
      const old = rowsBefore.get(keyOf(row));
      return old === undefined || old.status === row.status
        ? []
        : [{ from: old.status, to: row.status, row }];
    });
    const moves = new Set(changed.map(({ from, to }) => `${String(from)} → ${String(to)}`));
    expect([...moves].sort()).toEqual(["Active → Closed", "New → Active", "New → Closed"]);
    for (const { row } of changed) {
      const old = rowsBefore.get(keyOf(row));
      expect(Date.parse(String(row.lastModificationTime))).toBeGreaterThan(
        Date.parse(String(old?.lastModificationTime)),
      );
    }
  });

  it("an incident that was put in is there for the walk and for the oracle", async () => {
    const [workspace] = emulator.control.workspaces();
    const source = "DefenderXDR" as const;
    const owner = emulator.control.workspaces().find((each) => each.sources.includes(source)) ?? workspace;
    const input = {
      workspaceId: String(owner?.id),
      source,
      title: "Put in by a test",
      severity: "High" as const,
      status: "New" as const,
      user: null,
    };
    const [key] = emulator.control.putIncidents([input]);
    const filter: OracleFilter = { ...lastDay, query: "put in by a test" };
    const { rows } = await walkAll(emulator, filter);
    expect(rows).toMatchObject([{ id: key?.id, title: "Put in by a test", severity: "High", status: "New" }]);
    emulator.control.clock({ advanceMs: 1_000 });
    emulator.control.putIncidents([{ ...input, id: key?.id, status: "Closed" }]);
    expect((await walkAll(emulator, { ...filter, statuses: ["Closed"] })).rows.map((row) => row.id)).toEqual([
      key?.id,
    ]);
    expect(held({ ...filter, statuses: ["New"] })).toEqual([]);
  });
});
