import { describe, expect, it } from "vitest";
import { makeRow } from "@/lib/domain/incident-view-fixture";
import { named } from "./query";

const id = "aaaaaaaa-0000-4000-8000-000000000001";
const seen = { firstAt: "2026-11-24T10:00:00.000Z", lastAt: "2026-11-24T10:00:00.000Z", closedAt: null };
const row = (workspaceName: string | null) => ({
  ...makeRow({ id: "1", workspaceId: id.toUpperCase(), workspaceName }),
  seen,
});

describe("named: one workspace has one name in everything that the register answers", () => {
  it("is called what people here call it, whatever the row says", () => {
    expect(named(row("Theirs"), new Map([[id, "Ours"]])).workspaceName).toBe("Ours");
    expect(named(row(null), new Map([[id, "Ours"]])).workspaceName).toBe("Ours");
  });

  it("keeps the row's own name where nobody knows another", () => {
    const theirs = row("Theirs");
    expect(named(theirs, new Map([[id, null]]))).toBe(theirs);
    expect(named(theirs, new Map())).toBe(theirs);
  });
});
