import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { makeRow } from "@/lib/domain/incident-view-fixture";
import type { SavedView, ViewsAnswer } from "@/lib/domain/saved-view";
import { pageOf, problem, renderQueue, showPopover, standInForPopovers } from "../testing/queue-harness";
// Asked for when they are needed; here their code has come before.
import "./view-parts";

beforeEach(standInForPopovers);
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const shift: SavedView = {
  id: "11111111-1111-4111-8111-111111111111",
  name: "My shift",
  query: "severity=High&cols=title%2Cage",
  isShared: false,
  isOwn: true,
  ownerName: null,
  mayChange: true,
};
const night: SavedView = {
  ...shift,
  id: "22222222-2222-4222-8222-222222222222",
  name: "Night",
  query: "severity=Low",
  isShared: true,
  isOwn: false,
  ownerName: "Grace",
  mayChange: false,
};

interface Sent {
  readonly address: string;
  readonly method: string;
  readonly body: unknown;
}

/** The queue with these views on the server. `sent` grows by each change that is asked for. */
function renderViews(search: string, views: readonly SavedView[], answer?: () => object | undefined) {
  const held: { views: readonly SavedView[] } & Pick<ViewsAnswer, "defaultKey"> = { views, defaultKey: null };
  const sent: Sent[] = [];
  const server = (url: string, { method, body }: RequestInit) => {
    const address = /\/api\/main\/views(.*)$/.exec(url)?.[1];
    if (address === undefined) return null;
    if (method === "GET") return new Response(JSON.stringify({ data: held, meta: {} }));
    sent.push({ address, method: String(method), body: JSON.parse(String(body)) });
    const refused = answer?.();
    if (refused) return new Response(JSON.stringify(refused), { status: 400 });
    return new Response(JSON.stringify({ data: { id: shift.id }, meta: {} }));
  };
  const rendered = renderQueue(() => pageOf([makeRow()]), search, { others: server });
  return { ...rendered, sent, held };
}

async function openMenu() {
  showPopover("Views");
  await waitFor(() => expect(screen.getAllByRole("menuitemradio").length).toBeGreaterThan(3));
}
const inForce = () => screen.getByRole("button", { name: /^View:/ }).textContent;
const actions = () => screen.getAllByRole("menuitem").map((line) => line.textContent);
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole("menuitem", { name }));

it("names open work, and says when what is shown differs from it", () => {
  renderViews("", []);
  expect(inForce()).toBe("View: Open work");
  cleanup();
  renderViews("?severity=High", []);
  expect(inForce()).toBe("View: Open work, modified");
});

it("offers the built-in views, one's own and those of others, and what may be done with the one in force", async () => {
  renderViews(`?view=${night.id}&severity=Low`, [shift, night]);
  await waitFor(() => expect(inForce()).toBe("View: Night"));
  await openMenu();
  expect(screen.getAllByRole("menuitemradio").map((line) => line.textContent)).toEqual([
    "Open workdefault",
    "High, unowned",
    "Mine",
    "Everything",
    "My shift",
    "Nightby Grace",
  ]);
  expect(screen.getByRole("menuitemradio", { checked: true }).textContent).toBe("Nightby Grace");
  expect(document.activeElement?.textContent).toBe("Nightby Grace");
  expect(actions()).toEqual(["Save as…", "Use as default", "Copy link", "Notices…"]);
});

it("opens a view as one step of the browser's history, and marks what was changed since", async () => {
  const { address } = renderViews("", [shift]);
  await screen.findByText("1 open");
  await openMenu();
  await screen.findByText("My shift");
  fireEvent.click(screen.getByRole("menuitemradio", { name: "My shift" }));
  await waitFor(() => expect(inForce()).toBe("View: My shift"));
  expect(screen.getAllByRole("columnheader").map((head) => head.textContent)).toEqual([
    "Severity",
    "Workspace",
    "Title",
    "Age",
  ]);
  fireEvent.click(within(screen.getByRole("columnheader", { name: "Age" })).getByRole("button"));
  await waitFor(() => expect(inForce()).toBe("View: My shift, modified"));
  await waitFor(() => expect(address.search).toContain(`view=${shift.id}`));
});

it("saves over a view of one's own with all that is shown now", async () => {
  const { sent } = renderViews(`?view=${shift.id}&severity=High&sort=-age`, [shift]);
  await waitFor(() => expect(inForce()).toBe("View: My shift, modified"));
  await openMenu();
  expect(actions()).toEqual([
    "Save",
    "Save as…",
    "Rename…",
    "Use as default",
    "Copy link",
    "Notices…",
    "Delete…",
  ]);
  press("Save");
  await waitFor(() =>
    expect(sent).toEqual([
      { address: `/${shift.id}`, method: "PUT", body: { query: "severity=High&sort=-age" } },
    ]),
  );
});

it("saves what is shown under a name, and says at the field when it is taken", async () => {
  let isTaken = true;
  const { sent, address } = renderViews("?severity=High", [], () =>
    isTaken ? problem("INVALID_INPUT", { errors: { name: ["Another view has this name."] } }) : undefined,
  );
  await openMenu();
  press("Save as…");
  const field = await screen.findByRole("textbox", { name: "Name" });
  // Who may not share is not asked.
  expect(screen.queryByRole("checkbox", { name: /Share/ })).toBeNull();
  fireEvent.change(field, { target: { value: "My shift" } });
  fireEvent.submit(field.closest("form")!);
  await screen.findByText("Another view has this name.");
  isTaken = false;
  fireEvent.submit(field.closest("form")!);
  await waitFor(() => expect(screen.queryByRole("textbox", { name: "Name" })).toBeNull());
  expect(sent.at(-1)).toEqual({
    address: "",
    method: "POST",
    body: { name: "My shift", query: "severity=High", isShared: false },
  });
  await waitFor(() => expect(address.search).toContain(`view=${shift.id}`));
});

it("deletes after it has asked by name, and leaves the list as it is", async () => {
  const { sent, address, held } = renderViews(`?view=${shift.id}&severity=High`, [shift]);
  await waitFor(() => expect(inForce()).toContain("My shift"));
  await openMenu();
  press("Delete…");
  await screen.findByRole("heading", { name: "Delete the view “My shift”?" });
  expect(sent).toEqual([]);
  held.views = [];
  fireEvent.click(screen.getByRole("button", { name: "Delete “My shift”" }));
  await waitFor(() => expect(sent).toEqual([{ address: `/${shift.id}`, method: "DELETE", body: {} }]));
  await waitFor(() => expect(inForce()).toBe("View: Open work, modified"));
  await waitFor(() => expect(address.search).toBe("?severity=High"));
});

it("counts a view that is gone, or nobody's to see, as open work", async () => {
  renderViews(`?view=${night.id}&severity=Low`, []);
  await waitFor(() => expect(inForce()).toBe("View: Open work, modified"));
});

it("says open work in the address when the last filter of a link is taken off", async () => {
  const { address } = renderViews("?q=fin", []);
  fireEvent.click(screen.getByRole("button", { name: "Clear filters" }));
  await waitFor(() => expect(address.search).toBe("?view=open"));
});
