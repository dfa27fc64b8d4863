import { describe, expect, it } from "vitest";
import { readSegments } from "@/lib/domain/path-segments";
import { routes } from "@/lib/routes";
import { readHints } from "./hints";

describe("a run's address leads back to the run", () => {
  it.each(["42", "a/b", "50%", "ä ö?", "a%2Fb"])("%s", (id) => {
    const key = { workspaceId: "w-1", gamebookId: id };
    const hints = { created: "2026-12-31T23:59:59.1234567+02:00", incidentId: `${id}&x=1` };
    const url = new URL(routes.gamebook("main", key, hints), "http://x");
    const [workspaceId = "", gamebookId = ""] = url.pathname.split("/").slice(3);
    expect(readSegments({ workspaceId, gamebookId })).toEqual(key);
    expect(readHints(Object.fromEntries(url.searchParams))).toEqual(hints);
  });

  it("says nothing that it was not told", () => {
    const key = { workspaceId: "w", gamebookId: "g" };
    expect(routes.gamebook("main", key, { created: null, incidentId: null })).toBe("/main/gamebooks/w/g");
    expect(readHints({ created: ["a", "b"], incident: "" })).toEqual({ created: null, incidentId: null });
  });
});
