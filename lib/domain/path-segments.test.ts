import { describe, expect, it } from "vitest";
import { routes } from "@/lib/routes";
import { readSegments } from "./path-segments";

describe("an incident's address leads back to the incident", () => {
  it.each(["42", "a/b", "50%", "ä ö", "a%2Fb"])("%s", (incidentId) => {
    const key = { workspaceId: "w-1", source: "QRadar", incidentId };
    const [workspaceId = "", source = "", id = ""] = routes.incident("main", key).split("/").slice(3);
    expect(readSegments({ workspaceId, source, incidentId: id })).toEqual(key);
  });

  it("is refused when it is malformed", () => {
    expect(readSegments({ workspaceId: "w", source: "s", incidentId: "%" })).toBeNull();
  });
});
