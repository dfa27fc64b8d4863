import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { makeRow } from "@/lib/domain/incident-view-fixture";
import { pageOf, renderQueue } from "../testing/queue-harness";
// Asked for when they are needed; here their code has come before.
import "./view-parts";
import "../more-cells";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const heads = () => screen.getAllByRole("columnheader").map((head) => head.textContent);
const usual = ["Severity", "Workspace", "Title", "Number", "Source", "Status"];

async function openChooser(search = "") {
  const row = makeRow({ alertProductNames: ["Defender for Endpoint", "Sentinel"] });
  const shown = renderQueue(() => pageOf([row]), search);
  await screen.findByText("1 open");
  fireEvent.click(screen.getByRole("button", { name: "Columns" }));
  // The simulated browser knows no popover: what the platform does when the button is pressed.
  const popover = document.querySelector<HTMLElement>("[popover][aria-label='Columns']");
  fireEvent(popover!, Object.assign(new Event("beforetoggle"), { newState: "open" }));
  return { ...shown, chooser: within(await screen.findByRole("list", { name: "Columns" })) };
}

it("draws the columns of the address, and no head to press where there is no order", async () => {
  renderQueue(() => pageOf([makeRow({ classification: "TruePositive" })]), "?cols=title,classification.200");
  await screen.findByText("1 open");
  expect(heads()).toEqual(["Severity", "Workspace", "Title", "Classification"]);
  const cell = await screen.findByRole("gridcell", { name: "True positive" });
  expect(cell.style.getPropertyValue("--column")).toBe("200px");
  const head = screen.getByRole("columnheader", { name: "Classification" });
  expect(within(head).queryByRole("button")).toBeNull();
});

it("shows, hides, moves and widens a column, and puts everything back", async () => {
  const { chooser, address } = await openChooser();
  expect(heads().slice(0, 6)).toEqual(usual);
  fireEvent.click(chooser.getByRole("checkbox", { name: "Products" }));
  expect(heads().at(-1)).toBe("Products");
  expect(await screen.findByText("Defender for Endpoint")).toBeTruthy();
  fireEvent.click(chooser.getByRole("checkbox", { name: "Number" }));
  expect(heads()).not.toContain("Number");
  fireEvent.click(chooser.getByRole("button", { name: "Move Title to the right" }));
  // The hidden one kept its place: the first step passes it.
  fireEvent.click(chooser.getByRole("button", { name: "Move Title to the right" }));
  expect(heads().slice(0, 4)).toEqual(["Severity", "Workspace", "Source", "Title"]);
  expect(document.activeElement?.getAttribute("aria-label")).toBe("Move Title to the right");
  fireEvent.keyDown(chooser.getByRole("spinbutton", { name: "Width of Owner" }), { key: "ArrowUp" });
  await waitFor(() => expect(address.search).toContain("owner.120"));
  expect(address.search).toContain("cols=source,title");
  fireEvent.click(screen.getByRole("button", { name: "Reset" }));
  expect(heads().slice(0, 6)).toEqual(usual);
  await waitFor(() => expect(address.search).not.toContain("cols"));
});

it("cannot hide what every view shows", async () => {
  const { chooser } = await openChooser();
  for (const name of ["Severity", "Workspace", "Title"])
    expect(chooser.getByRole<HTMLInputElement>("checkbox", { name }).disabled).toBe(true);
});
