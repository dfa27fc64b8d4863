import { describe, expect, it } from "vitest";
import { operationIds, registry } from "@/lib/contract";
import type { WorkspaceScope } from "@/lib/domain/access";
import { visiblePart } from "./row-filters";

const mine = "aaaaaaaa-0000-4000-8000-000000000001";
const theirs = "bbbbbbbb-0000-4000-8000-000000000002";
const limited: WorkspaceScope = { kind: "list", ids: new Set([mine]) };
const all: WorkspaceScope = { kind: "all" };

const rowsOf = (...ids: (string | null)[]) =>
  ids.map((workspaceId, index) => ({ id: `row-${index}`, workspaceId }));
const frozen = <T>(value: T): T => {
  if (typeof value === "object" && value !== null) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
};

describe("the part of an answer that a limited person may see", () => {
  it("of gamebook runs: their rows, and no total over the others", () => {
    const page = frozen({
      items: rowsOf(mine, theirs, null, mine.toUpperCase()),
      currentPage: 1,
      totalPages: 9,
      pageSize: 50,
      totalCount: 444,
      hasPreviousPage: false,
      hasNextPage: true,
    });
    expect(visiblePart("gamebooks.acrossHistory", page, limited)).toEqual({
      items: [page.items[0], page.items[3]],
      currentPage: 1,
      totalPages: null,
      pageSize: 50,
      totalCount: null,
      hasPreviousPage: false,
      hasNextPage: true,
    });
    expect(visiblePart("gamebooks.acrossHistory", page, all)).toBe(page);
  });

  it("of anomalies: their rows, and not the reply as it came", () => {
    const found = frozen({ anomalies: rowsOf(theirs, mine, null), raw: { everything: theirs } });
    expect(visiblePart("datasources.anomalies", found, limited)).toEqual({
      anomalies: [found.anomalies[1]],
      raw: null,
    });
  });

  it("of data sources by workspace: their groups", () => {
    const groups = frozen(rowsOf(theirs, mine));
    expect(visiblePart("datasources.acrossWorkspaces", groups, limited)).toEqual([groups[1]]);
  });

  it("of webhook deliveries: those of their workspaces, because a delivery carries the incident", () => {
    const delivery = (eventSourceAccountId: string | null) => ({
      id: "d",
      eventSourceAccountId,
      eventPayload: "{}",
    });
    const page = frozen({
      items: [delivery(theirs), delivery(mine), delivery(null)],
      hasMore: true,
      continuationToken: "t",
    });
    expect(visiblePart("webhooks.deliveryLogs", page, limited)).toEqual({ ...page, items: [page.items[1]] });
    expect(visiblePart("webhooks.deliveryLog", delivery(mine), limited)).toEqual(delivery(mine));
    for (const id of [theirs, null])
      expect(() => visiblePart("webhooks.deliveryLog", delivery(id), limited)).toThrow(
        expect.objectContaining({ code: "NOT_FOUND" }) as Error,
      );
  });

  it("is empty, not everything, for somebody without any workspace", () => {
    const nobody: WorkspaceScope = { kind: "list", ids: new Set() };
    expect(visiblePart("datasources.acrossWorkspaces", frozen(rowsOf(mine, theirs)), nobody)).toEqual([]);
  });

  it("is decided for every operation whose reply mixes workspaces", () => {
    const mixed = operationIds.filter((id) => registry[id].tenancy === "rows");
    expect(mixed.sort()).toEqual([
      "datasources.acrossWorkspaces",
      "datasources.anomalies",
      "gamebooks.acrossHistory",
      "incidents.acrossWorkspaces",
    ]);
  });
});
