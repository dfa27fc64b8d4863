import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { IncidentDetail } from "@/lib/contract/shapes/incident";
import { makeRow, makeRows } from "@/lib/domain/incident-view-fixture";
import { type DetailAnswer, pageOf, problem, renderQueue } from "../testing/queue-harness";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const workspaceId = "11111111-1111-4111-8111-111111111111";
const openFirst = `?open=${workspaceId}/Sentinel/i0`;
const rows = makeRows(2, "i").map((row) => ({ ...row, title: `Title ${row.id}` }));
const detailOf = (over: Partial<IncidentDetail> = {}): IncidentDetail => ({
  source: "Sentinel",
  incident: makeRow({ ...rows[0], workspaceName: null, description: "<b>bold</b>\nsecond line" }),
  investigationDetails: {
    entities: [
      { id: "h1", type: null, kind: "Host", displayName: null, friendlyName: null, hostName: "FIN-042" },
    ],
    alerts: [
      {
        id: "al1",
        title: "Anonymous IP address",
        description: null,
        severity: "Medium",
        status: null,
        productName: "Entra ID Protection",
        vendorName: null,
        creationTime: null,
        lastModificationTime: null,
        tactics: [],
        entities: [],
      },
    ],
  },
  evidence: null,
  gamebookCatalog: null,
  ...over,
});
const openDrawer = async (detail: DetailAnswer) => {
  renderQueue(() => pageOf(rows), openFirst, { detail });
  return screen.findByRole("complementary", { name: "Incident: Title i0" });
};

describe("the drawer", () => {
  it("fills in the detail beside what the row tells, which no gap of the detail removes", async () => {
    const drawer = await openDrawer(() => detailOf());
    await within(drawer).findByText("FIN-042");
    expect(drawer.textContent).toContain("Contoso");
    expect(drawer.textContent).toContain("Anonymous IP address");
    expect(drawer.textContent).toContain("Entra ID Protection");
  });

  it("shows a description as text, whatever is in it", async () => {
    const drawer = await openDrawer(() => detailOf());
    const text = await within(drawer).findByText(/second line/);
    expect(text.textContent).toBe("<b>bold</b>\nsecond line");
    expect(text.querySelector("b")).toBeNull();
  });

  it("keeps the row's part when the detail fails, and asks again", async () => {
    let isBroken = true;
    const drawer = await openDrawer(() => (isBroken ? problem("UPSTREAM_TIMEOUT") : detailOf()));
    const alert = await within(drawer).findByRole("alert");
    expect(alert.textContent).toContain("ContraForce did not answer in time");
    expect(within(drawer).getByRole("heading", { name: "Times" })).toBeTruthy();
    isBroken = false;
    fireEvent.click(within(alert).getByRole("button", { name: "Try again" }));
    await within(drawer).findByText("FIN-042");
    expect(within(drawer).queryByRole("alert")).toBeNull();
  });

  it("carries the workspace in the tab's title and gives the title back", async () => {
    document.title = "Incidents";
    await openDrawer(() => detailOf());
    expect(document.title).toBe("Contoso: Title i0 · Watchfloor");
    fireEvent.click(screen.getByRole("button", { name: "Close" }));
    await waitFor(() => expect(document.title).toBe("Incidents"));
  });

  it("steps to the neighbours and knows the ends of the list", async () => {
    await openDrawer(() => detailOf());
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Previous incident" }).disabled).toBe(true);
    fireEvent.click(screen.getByRole("button", { name: "Next incident" }));
    await screen.findByRole("complementary", { name: "Incident: Title i1" });
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Next incident" }).disabled).toBe(true);
  });

  it("shows an incident that no list has loaded, from its detail alone", async () => {
    const incident = makeRow({ id: "far", title: "Far away", workspaceName: "Fabrikam" });
    renderQueue(() => pageOf(rows), `?open=${workspaceId}/Sentinel/far`, {
      detail: () => detailOf({ incident }),
    });
    const drawer = await screen.findByRole("complementary", { name: "Incident: Far away" });
    expect(drawer.textContent).toContain("Fabrikam");
  });
});
