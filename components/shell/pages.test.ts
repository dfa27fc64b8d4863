import { describe, expect, it } from "vitest";
import { routes } from "@/lib/routes";
import { pageOf } from "./pages";

describe("pageOf: the rail marks where one is", () => {
  it("knows a page by its own address and by those below it", () => {
    const key = { workspaceId: "w", source: "Sentinel", incidentId: "7" };
    expect(pageOf("main", routes.incidents("main"))?.label).toBe("Incidents");
    expect(pageOf("main", routes.incident("main", key))?.label).toBe("Incidents");
    expect(pageOf("main", routes.gamebooks("main"))?.label).toBe("Gamebooks");
    expect(pageOf("main", routes.connection("main"))?.label).toBe("Administration");
  });

  it("is not taken in by an address that only begins alike, or by another organisation's", () => {
    expect(pageOf("main", "/main/incidents-old")).toBeNull();
    expect(pageOf("main", "/globex/incidents")).toBeNull();
    expect(pageOf("main", "/main")).toBeNull();
  });
});
