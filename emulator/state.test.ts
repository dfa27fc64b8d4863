import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { registry } from "@/lib/contract";
import { parseReply } from "@/lib/contract/tolerant";
import { type RunningEmulator, startEmulator } from "./start";
import { callOperation, codeOf, dataOf } from "./testing/caller";
import { examples } from "./testing/examples";
import { lastDay, walkAll } from "./testing/walker";

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
beforeEach(() => emulator.control.reset());

const minute = 60_000;
const hour = 60 * minute;

describe("tickets", () => {
  it("are linked, found linked, and unlinked; a second unlink says that nothing was there", async () => {
    const { params, body } = await examples["tickets.link"](emulator);
    const call = { params, body };
    const linked = parseReply(
      registry["tickets.link"],
      (await callOperation(emulator, "tickets.link", call)).json,
    ).data;
    expect(linked?.autotaskTicket?.status ?? linked?.serviceNowTicket?.state).toEqual(
      linked?.autotaskTicket ? 1 : "In Progress",
    );
    expect((await callOperation(emulator, "tickets.link", call)).status).toBe(200);
    expect(dataOf<boolean>(await callOperation(emulator, "tickets.unlink", call))).toBe(true);
    expect(dataOf<boolean>(await callOperation(emulator, "tickets.unlink", call))).toBe(false);
  });

  it("of another incident are a conflict; unknown tickets and incidents are not found; foreign incidents are refused", async () => {
    const { params, body } = await examples["tickets.link"](emulator);
    const { ticketId, incident } = body as {
      ticketId: string;
      incident: { id: string; source: string; workspaceId: string; number: string };
    };
    await callOperation(emulator, "tickets.link", { params, body });
    const keys = emulator.control.incidents({ timeFilterSelection: { type: "TwentyFourHours" } });
    const other = keys.find((key) => key.workspaceId === incident.workspaceId && key.id !== incident.id);
    const foreign = keys.find((key) => key.workspaceId !== incident.workspaceId);
    const link = async (change: Record<string, unknown>) => {
      const reply = await callOperation(emulator, "tickets.link", {
        params,
        body: { ticketId, incident, ...change },
      });
      return [reply.status, codeOf(reply)];
    };
    expect(await link({ incident: { ...incident, id: other?.id, source: other?.source } })).toEqual([
      409,
      "CONFLICT",
    ]);
    expect(await link({ ticketId: "no-such-ticket" })).toEqual([404, "NOT_FOUND"]);
    expect(await link({ incident: { ...incident, id: "no-such-incident" } })).toEqual([404, "NOT_FOUND"]);
    expect(await link({ incident: { ...incident, workspaceId: foreign?.workspaceId } })).toEqual([
      400,
      "VALIDATION_ERROR",
    ]);
  });

  it("come from three products, and one workspace has none", async () => {
    const products = new Set<string>();
    for (const { id: workspaceId } of emulator.control.workspaces()) {
      for (const groupingId of ["29682833", "soc-tier-1", "SEC"]) {
        const reply = await callOperation(emulator, "tickets.search", {
          params: { workspaceId },
          query: { groupingId },
        });
        if (reply.status === 400) products.add(codeOf(reply));
        for (const ticket of reply.status === 200
          ? parseReply(registry["tickets.search"], reply.json).data
          : []) {
          for (const product of ["autotaskTicket", "serviceNowTicket", "jiraTicket"] as const) {
            if (ticket[product] !== null) products.add(product);
          }
        }
      }
    }
    expect([...products].sort()).toEqual(["BAD_REQUEST", "autotaskTicket", "jiraTicket", "serviceNowTicket"]);
  });

  it("take the priorities of their product, and are found by their number", async () => {
    const { params, body } = await examples["tickets.priority"](emulator);
    const { ticketId } = body as { ticketId: string };
    const change = (priority: string) =>
      callOperation(emulator, "tickets.priority", { params, body: { ticketId, priority } });
    expect(codeOf(await change("Sometime"))).toBe("VALIDATION_ERROR");
    const { ticket } = parseReply(registry["tickets.priority"], (await change("low")).json).data;
    const of = (each: typeof ticket) =>
      each?.autotaskTicket?.priority ?? each?.serviceNowTicket?.urgency ?? each?.jiraTicket?.priority?.name;
    expect(of(ticket)).toBe("Low");
    const number =
      ticket?.autotaskTicket?.number ?? ticket?.serviceNowTicket?.number ?? ticket?.jiraTicket?.number ?? "";
    const found = await callOperation(emulator, "tickets.search", {
      params: { workspaceId: params?.workspaceId ?? "" },
      query: { ticketNumber: number },
    });
    expect(parseReply(registry["tickets.search"], found.json).data.map(of)).toEqual(["Low"]);
    expect(
      codeOf(
        await callOperation(emulator, "tickets.search", {
          params: { workspaceId: params?.workspaceId ?? "" },
        }),
      ),
    ).toBe("VALIDATION_ERROR");
  });
});

describe("gamebooks", () => {
  const page = async (query: {
    currentPage: number;
    workspaces?: string;
    statuses?: string;
    query?: string;
  }) =>
    parseReply(
      registry["gamebooks.acrossHistory"],
      (await callOperation(emulator, "gamebooks.acrossHistory", { query })).json,
    ).data;

  it("move with the clock: pending, waiting for approval, running, and to one of their ends", async () => {
    const seen = new Map<string, string[]>();
    for (let step = 0; step < 60; step += 1) {
      for (const run of (await page({ currentPage: 1 })).items) {
        const states = seen.get(run.id) ?? [];
        if (states[states.length - 1] !== run.status) states.push(String(run.status));
        seen.set(run.id, states);
      }
      emulator.control.clock({ advanceMs: 20_000 });
    }
    const paths = new Set([...seen.values()].map((states) => states.join(" → ")));
    expect(paths).toContain("Pending → Running → Succeeded");
    expect([...paths].some((path) => path.includes("PendingApproval"))).toBe(true);
    const order = ["Pending", "PendingApproval", "Running", "end"];
    for (const states of seen.values()) {
      const ranks = states
        .map((state) => (order.includes(state) ? order.indexOf(state) : 3))
        .map((rank) => (rank === 1 ? 0 : rank));
      expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    }
  });

  it("fail sometimes, and are tried again under the id of the first run", async () => {
    const first = await page({ currentPage: 1 });
    const runs = [...first.items];
    for (let currentPage = 2; currentPage <= (first.totalPages ?? 0); currentPage += 1)
      runs.push(...(await page({ currentPage })).items);
    expect(runs).toHaveLength(first.totalCount ?? -1);
    expect(new Set(runs.map((run) => run.id)).size).toBe(runs.length);
    const retry = runs.find((run) => run.isRetryGamebook === true);
    const original = runs.find((run) => run.id === retry?.originalGamebookId);
    expect(original).toMatchObject({ status: "Failed", incidentId: retry?.incidentId });
    const times = runs.map((run) => Date.parse(String(run.creationDate)));
    expect(times).toEqual([...times].sort((a, b) => b - a));
    const statuses = new Set(runs.map((run) => run.status));
    for (const status of ["Succeeded", "Failed", "PendingApproval", "Rejected", "PartiallySucceeded"])
      expect(statuses).toContain(status);
    const failed = await page({ currentPage: 1, statuses: "Failed, Rejected" });
    expect(failed.totalCount).toBe(
      runs.filter((run) => run.status === "Failed" || run.status === "Rejected").length,
    );
    const one = String(runs[0]?.workspaceId);
    expect((await page({ currentPage: 1, workspaces: one })).totalCount).toBe(
      runs.filter((run) => run.workspaceId === one).length,
    );
    expect(
      codeOf(await callOperation(emulator, "gamebooks.acrossHistory", { query: { currentPage: 0 } })),
    ).toBe("VALIDATION_ERROR");
  });

  it("of one workspace page by token to exactly its total", async () => {
    const [run] = (await page({ currentPage: 1 })).items;
    const params = { workspaceId: String(run?.workspaceId) };
    const seen: string[] = [];
    let pageToken: string | undefined;
    let total = 0;
    do {
      const reply = await callOperation(emulator, "gamebooks.history", { params, query: { pageToken } });
      const { data } = parseReply(registry["gamebooks.history"], reply.json);
      seen.push(...data.gamebooks.map((each) => each.id));
      total = data.totalCount ?? -1;
      pageToken = data.pageToken ?? undefined;
    } while (pageToken !== undefined);
    expect(seen.length).toBeGreaterThan(20);
    expect([seen.length, new Set(seen).size]).toEqual([total, total]);
    const other = emulator.control.workspaces().find((each) => each.id !== params.workspaceId)?.id ?? "";
    for (const [workspaceId, token] of [
      [params.workspaceId, "Zm9yZ2Vk"],
      [other, await firstToken(params)],
    ] as const) {
      const reply = await callOperation(emulator, "gamebooks.history", {
        params: { workspaceId },
        query: { pageToken: token },
      });
      expect(codeOf(reply)).toBe("VALIDATION_ERROR");
    }
  });

  async function firstToken(params: { workspaceId: string }): Promise<string> {
    return dataOf<{ pageToken: string }>(await callOperation(emulator, "gamebooks.history", { params }))
      .pageToken;
  }

  it("keep their playbooks under the UTC year of their creation, and nowhere else", async () => {
    emulator.control.clock({ setIso: "2027-01-01T00:20:00Z" });
    const first = await page({ currentPage: 1 });
    const all = [...first.items];
    for (let currentPage = 2; currentPage < 8; currentPage += 1)
      all.push(...(await page({ currentPage })).items);
    const old = all.find((run) => String(run.creationDate).startsWith("2026"));
    const young = all.find((run) => String(run.creationDate).startsWith("2027"));
    for (const [run, own, other] of [
      [old, 2026, 2027],
      [young, 2027, 2026],
    ] as const) {
      const params = { workspaceId: String(run?.workspaceId), gamebookId: String(run?.id) };
      const found = await callOperation(emulator, "gamebooks.playbooks", {
        params,
        query: { year: own, tenantId: String(run?.tenantId) },
      });
      expect(dataOf<unknown[]>(found).length).toBeGreaterThan(0);
      expect(
        (await callOperation(emulator, "gamebooks.playbooks", { params, query: { year: other } })).status,
      ).toBe(404);
      expect(
        (
          await callOperation(emulator, "gamebooks.playbooks", {
            params,
            query: { year: own, tenantId: "another" },
          })
        ).status,
      ).toBe(404);
    }
  });

  it("of an incident are the same from three sides", async () => {
    const run = (await page({ currentPage: 1 })).items.find((each) => each.status === "Succeeded");
    const params = { workspaceId: String(run?.workspaceId), incidentId: String(run?.incidentId) };
    const list = parseReply(
      registry["gamebooks.byIncident"],
      (await callOperation(emulator, "gamebooks.byIncident", { params })).json,
    ).data;
    expect(list.map((each) => each.id)).toContain(run?.id);
    const last = await callOperation(emulator, "incidents.lastGamebook", {
      params: { ...params, source: run?.source as "Sentinel" },
    });
    expect(dataOf(last).id).toBe(list[0]?.id);
  });

  it("that never ran are a 404, and a title that no detection writes has no playbooks", async () => {
    const { rows } = await walkAll(emulator);
    const params = rows.slice(0, 40).map((row) => ({
      workspaceId: String(row.workspaceId),
      source: row.source as "Sentinel",
      incidentId: String(row.id),
    }));
    const replies = await Promise.all(
      params.map((each) => callOperation(emulator, "incidents.lastGamebook", { params: each })),
    );
    expect(new Set(replies.map((reply) => reply.status))).toEqual(new Set([200, 404]));
    const rules = await callOperation(emulator, "gamebooks.rules", {
      params: { workspaceId: params[0]?.workspaceId ?? "", incidentTitle: "No detection writes this" },
    });
    expect(dataOf(rules)).toEqual([]);
  });
});

describe("one incident", () => {
  it("is told in full: the row of the list, its alerts, its entities, its evidence", async () => {
    const { rows } = await walkAll(emulator);
    const kinds = { evidence: 0, none: 0, alerts: 0 };
    for (const row of rows.slice(0, 60)) {
      const params = {
        workspaceId: String(row.workspaceId),
        source: row.source as "Sentinel",
        incidentId: String(row.id),
      };
      const reply = await callOperation(emulator, "incidents.get", { params, query: { withDetails: true } });
      const { data, report } = parseReply(registry["incidents.get"], reply.json, params);
      expect([report.unreadableRows, report.unknownKeys]).toEqual([0, []]);
      expect(dataOf(reply).incident).toEqual(row);
      expect(data.investigationDetails.alerts.length).toBeGreaterThan(0);
      const evidence = parseReply(
        registry["incidents.evidence"],
        (await callOperation(emulator, "incidents.evidence", { params })).json,
      ).data;
      expect(evidence).toEqual(data.evidence);
      kinds[evidence === null ? "none" : "evidence"] += 1;
      if (data.investigationDetails.alerts.length > 1) kinds.alerts += 1;
      if (evidence !== null && evidence.columns.length > 0) {
        expect(evidence.columns.length).toBeGreaterThan(100);
        const cells = evidence.rows.flat();
        expect(cells.filter((cell) => cell === "").length / cells.length).toBeGreaterThan(0.8);
      }
    }
    expect(Math.min(kinds.evidence, kinds.none, kinds.alerts)).toBeGreaterThan(0);
  });

  it("without details has its last three members null", async () => {
    const { params } = await examples["incidents.get"](emulator);
    const data = dataOf(await callOperation(emulator, "incidents.get", { params }));
    expect([data.investigationDetails, data.evidence, data.gamebookCatalog]).toEqual([null, null, null]);
  });

  it("is commented on by people, agents and the system, in HTML and Markdown", async () => {
    const { rows } = await walkAll(emulator);
    const comments = [];
    for (const row of rows.slice(0, 80)) {
      const params = {
        workspaceId: String(row.workspaceId),
        source: row.source as "Sentinel",
        incidentId: String(row.id),
      };
      comments.push(
        ...parseReply(
          registry["incidents.comments"],
          (await callOperation(emulator, "incidents.comments", { params })).json,
        ).data,
      );
    }
    expect(comments.some((each) => each.isAgentComment === true && each.message?.includes("| Check |"))).toBe(
      true,
    );
    expect(comments.some((each) => each.message?.includes("onerror="))).toBe(true);
    expect(comments.some((each) => each.isActivityComment === true && each.authorName === null)).toBe(true);
    expect(comments.some((each) => each.isClosingComment === true)).toBe(true);
    for (const each of comments)
      expect(Date.parse(String(each.createdTime))).toBeLessThanOrEqual(emulator.control.now().getTime());
  });

  it("that does not exist is not found, in the vendor's words", async () => {
    const { params } = await examples["incidents.get"](emulator);
    const { workspaceId } = params as { workspaceId: string };
    const reply = await callOperation(emulator, "incidents.get", {
      params: { workspaceId, source: "Sentinel", incidentId: "INC-12345" },
    });
    expect(reply.json).toMatchObject({
      status: 404,
      code: "NOT_FOUND",
      title: "Resource not found",
      detail: "Incident 'INC-12345' not found",
      target: "INC-12345",
    });
    expect((reply.json as { instance: string }).instance).toBe(
      `/api/v2/workspaces/${workspaceId}/incidents/Sentinel/INC-12345`,
    );
  });

  it("leads to its relatives by an entity that they share, and a wrong entity to none", async () => {
    const { rows } = await walkAll(emulator, { ...lastDay, sources: ["DefenderXDR"] });
    const byAddress = new Map<string, string[]>();
    for (const row of rows) {
      for (const entity of row.entities as { kind: string; friendlyName: string }[]) {
        if (entity.kind.toLowerCase() !== "ip") continue;
        const key = `${String(row.workspaceId)} ${entity.friendlyName}`;
        byAddress.set(key, [...new Set([...(byAddress.get(key) ?? []), String(row.id)])]);
      }
    }
    const [key, ids] = [...byAddress].find(([, list]) => list.length > 1) ?? ["", []];
    const [workspaceId = "", address = ""] = key.split(" ");
    const ask = async (EntityFilter: string) => {
      const query = { IncidentId: ids[0], EntityKind: "IP", EntityFilter, EntityName: address };
      const reply = await callOperation(emulator, "incidents.byEntity", {
        params: { workspaceId, source: "DefenderXDR" },
        query,
      });
      return parseReply(registry["incidents.byEntity"], reply.json, {
        workspaceId,
        source: "DefenderXDR",
      }).data.incidents.map((each) => each.id);
    };
    expect((await ask(address)).sort()).toEqual(ids.slice(1).sort());
    expect(await ask("not an address")).toEqual([]);
  });
});

describe("data connectors", () => {
  const anomalies = async () =>
    parseReply(
      registry["datasources.anomalies"],
      (await callOperation(emulator, "datasources.anomalies", { body: {} })).json,
    ).data.anomalies;

  it("fall silent and come back as time goes on, and anomalies name connectors that are there", async () => {
    const silent = new Map<string, number>();
    const steps = 40;
    for (let step = 0; step < steps; step += 1) {
      for (const each of await anomalies()) {
        if (each.actual !== 0) continue;
        const key = `${each.workspaceId} ${each.connectorId}`;
        silent.set(key, (silent.get(key) ?? 0) + 1);
      }
      emulator.control.clock({ advanceMs: 6 * hour });
    }
    expect(silent.size).toBeGreaterThan(10);
    expect(Math.max(...silent.values())).toBeLessThan(steps);
    const [[key = ""] = []] = [...silent];
    const [workspaceId = "", connectorId] = key.split(" ");
    const list = dataOf<{ dataConnectorId: string; connected: boolean }[]>(
      await callOperation(emulator, "datasources.list", { params: { workspaceId } }),
    );
    expect(list.find((each) => each.dataConnectorId === connectorId)?.connected).toBe(true);
    expect(list.some((each) => !each.connected)).toBe(true);
  });

  it("of named workspaces only, in both calls", async () => {
    const all = await anomalies();
    const one = String(all[0]?.workspaceId);
    const body = { workspaceIds: [one] };
    const some = parseReply(
      registry["datasources.anomalies"],
      (await callOperation(emulator, "datasources.anomalies", { body })).json,
    ).data.anomalies;
    expect(some.map((each) => each.connectorId)).toEqual(
      all.filter((each) => each.workspaceId === one).map((each) => each.connectorId),
    );
    const two = emulator.control
      .workspaces()
      .slice(0, 2)
      .map((each) => each.id);
    const groups = dataOf<{ workspaceId: string }[]>(
      await callOperation(emulator, "datasources.acrossWorkspaces", { query: { workspaceIds: two } }),
    );
    expect(groups.map((each) => each.workspaceId)).toEqual(two);
    expect(dataOf(await callOperation(emulator, "datasources.acrossWorkspaces"))).toEqual([]);
  });
});

describe("logs of a user", () => {
  const query = { UserId: "s.marchetti@customer.example", TimeFilteringType: "FourtyEightHours" as const };

  it.each(["investigation.signinLogs", "investigation.directoryLogs"] as const)(
    "%s pages by its next link to the end",
    async (id) => {
      const results = { licensed: 0, unlicensed: 0 };
      for (const { id: workspaceId } of emulator.control.workspaces()) {
        const times: number[] = [];
        let pages = 0;
        let NextPageLink: string | undefined;
        do {
          const reply = await callOperation(emulator, id, {
            params: { workspaceId },
            query: { ...query, NextPageLink },
          });
          const data = dataOf<{
            canRetrieveData: boolean;
            message: string | null;
            nextPageLink: string | null;
            dataTable?: { rows: string[][] } | null;
            items?: { date: string }[];
          }>(reply);
          const found =
            data.items?.map((item) => item.date) ?? data.dataTable?.rows.map((row) => row[0] ?? "") ?? [];
          times.push(...found.map((text) => Date.parse(text)));
          results[data.canRetrieveData ? "licensed" : "unlicensed"] += 1;
          if (!data.canRetrieveData) expect([data.message === null, found.length]).toEqual([false, 0]);
          NextPageLink = data.nextPageLink ?? undefined;
          pages += 1;
        } while (NextPageLink !== undefined);
        expect(times).toEqual([...times].sort((a, b) => b - a));
        const oldest = emulator.control.now().getTime() - 48 * hour;
        expect(times.every((time) => time >= oldest)).toBe(true);
        if (times.length > 0) expect(pages).toBeGreaterThan(1);
      }
      expect(Math.min(results.licensed, results.unlicensed)).toBeGreaterThan(0);
    },
  );

  it("need a user, and refuse a link that is another's", async () => {
    const params = { workspaceId: emulator.control.workspaces()[0]?.id ?? "" };
    expect(
      codeOf(
        await callOperation(emulator, "investigation.signinLogs", {
          params,
          query: { TimeFilteringType: "SixHours" },
        }),
      ),
    ).toBe("VALIDATION_ERROR");
    const { nextPageLink } = dataOf<{ nextPageLink: string }>(
      await callOperation(emulator, "investigation.signinLogs", { params, query }),
    );
    const other = { ...query, UserId: "somebody@else.example", NextPageLink: nextPageLink };
    expect(codeOf(await callOperation(emulator, "investigation.signinLogs", { params, query: other }))).toBe(
      "VALIDATION_ERROR",
    );
  });
});

describe("people", () => {
  const listed = async () =>
    dataOf<
      {
        id: string;
        email: string | null;
        organizationRole: string;
        isAgentUser: boolean;
        isServiceAccount: boolean;
      }[]
    >(await callOperation(emulator, "users.list"));

  it("are added, changed, assigned and removed", async () => {
    const user = {
      displayName: "Nova Person",
      email: "nova@watch.example",
      organizationalRole: "Member" as const,
    };
    const add = { body: { users: [user], assignToWorkspace: false } };
    expect(dataOf<boolean>(await callOperation(emulator, "users.add", add))).toBe(true);
    expect(dataOf<boolean>(await callOperation(emulator, "users.add", add))).toBe(false);
    const id = (await listed()).find((each) => each.email === user.email)?.id ?? "";
    await callOperation(emulator, "users.organizationRole", {
      body: { userId: id, organizationalRole: "AgentAdmin" },
    });
    expect(
      dataOf(await callOperation(emulator, "users.get", { params: { userId: id } })).organizationRole,
    ).toBe("AgentAdmin");
    const accountId = emulator.control.workspaces()[0]?.id ?? "";
    const inWorkspace = async () => {
      const reply = await callOperation(emulator, "users.workspaceUsers", {
        body: { accountId, query: "NOVA" },
      });
      return dataOf<{ userId: string; role: string }[]>(reply).map((each) => [each.userId, each.role]);
    };
    expect(await inWorkspace()).toEqual([]);
    await callOperation(emulator, "users.assign", {
      body: { accountId, users: [{ userId: id, role: "IncidentResponder" }] },
    });
    expect(await inWorkspace()).toEqual([[id, "IncidentResponder"]]);
    await callOperation(emulator, "users.assign", {
      body: { workspaceId: accountId, userIds: [id], role: "Owner" },
    });
    expect(await inWorkspace()).toEqual([[id, "Owner"]]);
    expect(dataOf<boolean>(await callOperation(emulator, "users.remove", { params: { id } }))).toBe(true);
    expect((await callOperation(emulator, "users.remove", { params: { id } })).status).toBe(404);
    expect(await inWorkspace()).toEqual([]);
  });

  it("are analysts of many teams, agents and service accounts, and incidents are assigned to them", async () => {
    const users = await listed();
    expect(users.filter((each) => each.isAgentUser)).toHaveLength(2);
    expect(users.some((each) => each.isServiceAccount)).toBe(true);
    expect(new Set(users.map((each) => each.organizationRole)).size).toBe(5);
    const ids = new Set(users.map((each) => each.id));
    const { rows } = await walkAll(emulator);
    const assignees = new Set(
      rows.map((row) => (row.user as { id: string | null }).id).filter((id) => id !== null),
    );
    expect(assignees.size).toBeGreaterThan(15);
    for (const id of assignees) expect(ids).toContain(id);
  });

  it("the profile is the credential's own, and its time zone can be changed", async () => {
    await callOperation(emulator, "users.updateProfile", { body: { preferredTimeZoneId: "Asia/Tokyo" } });
    expect(dataOf(await callOperation(emulator, "users.profile"))).toMatchObject({
      name: "Watchfloor",
      email: null,
      role: "Admin",
      preferredTimeZoneId: "Asia/Tokyo",
    });
  });
});

describe("Azure resources", () => {
  it("are found one inside the other, with names that must be encoded", async () => {
    const subscriptions = dataOf<{ subscriptionId: string }[]>(
      await callOperation(emulator, "azure.subscriptions"),
    );
    let valid = 0;
    let invalid = 0;
    for (const { subscriptionId } of subscriptions) {
      for (const { name } of dataOf<{ name: string }[]>(
        await callOperation(emulator, "azure.resourceGroups", { params: { subscriptionId } }),
      )) {
        const params = { subscriptionId, resourceGroup: name };
        const sentinels = dataOf<{ workspaceName: string }[]>(
          await callOperation(emulator, "azure.sentinels", { params }),
        ).map((each) => each.workspaceName);
        for (const workspace of dataOf<{ name: string }[]>(
          await callOperation(emulator, "azure.workspaces", { params }),
        )) {
          const reply = await callOperation(emulator, "azure.validate", {
            params: { ...params, workspaceName: workspace.name },
          });
          expect(dataOf(reply).isValid).toBe(sentinels.includes(workspace.name));
          if (sentinels.includes(workspace.name)) valid += 1;
          else invalid += 1;
        }
      }
    }
    expect(Math.min(valid, invalid)).toBeGreaterThan(0);
    const owners = await Promise.all(
      subscriptions.map(({ subscriptionId }) =>
        callOperation(emulator, "azure.isOwner", { query: { subscriptionId } }),
      ),
    );
    expect(new Set(owners.map((reply) => dataOf<boolean>(reply)))).toEqual(new Set([true, false]));
    const unknown = { subscriptionId: "3c90c3cc-0d44-4b50-8888-8dd25736052a" };
    expect((await callOperation(emulator, "azure.resourceGroups", { params: unknown })).status).toBe(404);
  });
});
