import { QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { makeQueryClient } from "@/lib/client/query-client";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import { makeRow } from "@/lib/domain/incident-view-fixture";
import { failures } from "@/lib/errors";
import { SessionProvider, type ShellSession } from "../session";
import { CommandPalette } from "./command-palette";

const push = vi.fn();
vi.mock("next/navigation", () => ({ useRouter: () => ({ push }) }));

const session: ShellSession = {
  organisation: { slug: "main", name: "Main" },
  otherOrganisations: [{ slug: "globex", name: "Globex" }],
  role: "analyst",
  permissions: ["incidents:read"],
  person: { name: "Ada", email: "ada@demo.test" },
};

let asked: { query?: string; cursor: string | null }[] = [];
let answer: () => Response;
const page = (incidents: readonly IncidentRow[], cursor: string | null = null) =>
  new Response(
    JSON.stringify({
      data: {
        incidents,
        cursor,
        moreIncidentsAvailable: cursor !== null,
        coverage: {
          asOf: "2026-11-24T13:00:00.000Z",
          unreadableRows: 0,
          entries: [
            {
              workspaceId: "11111111-1111-4111-8111-111111111111",
              workspaceName: "Contoso",
              source: "Sentinel",
              state: "read",
              rows: 1,
              since: null,
              reason: null,
            },
          ],
        },
        restarts: 0,
      },
      meta: { requestId: null, timestamp: null },
    }),
  );

beforeEach(() => {
  asked = [];
  push.mockReset();
  HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
    this.open = true;
  };
  HTMLDialogElement.prototype.close ??= function close(this: HTMLDialogElement) {
    this.open = false;
  };
  Element.prototype.scrollIntoView ??= () => undefined;
  answer = () => page([makeRow({ title: "Ransomware on FIN-042", number: 88 })]);
  vi.stubGlobal("fetch", async (_: string, init: RequestInit) => {
    asked.push(JSON.parse(String(init.body)));
    return answer();
  });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function draw(over: Partial<ShellSession> = {}) {
  const acts = { onClose: vi.fn(), onHelp: vi.fn() };
  render(
    <QueryClientProvider client={makeQueryClient()}>
      <SessionProvider session={{ ...session, ...over }}>
        <CommandPalette {...acts} />
      </SessionProvider>
    </QueryClientProvider>,
  );
  const box = screen.getByRole("combobox", { hidden: true });
  const type = (text: string) => fireEvent.change(box, { target: { value: text } });
  const press = (key: string) => fireEvent.keyDown(box, { key });
  const options = () =>
    screen.queryAllByRole("option", { hidden: true }).map((option) => option.textContent ?? "");
  return { ...acts, type, press, options };
}

describe("the command palette", () => {
  it("offers what this person may reach, and nothing else", () => {
    const { options } = draw();
    expect(options().join("\n")).toContain("Go to incidents");
    expect(options().join("\n")).toContain("Switch to Globex");
    expect(options().join("\n")).not.toMatch(/members|connection|audit/);
  });

  it("goes to the chosen page by keyboard, and round at the ends", () => {
    const { type, press, onClose } = draw();
    type("globex");
    press("ArrowUp");
    press("ArrowUp");
    press("Enter");
    expect(onClose).toHaveBeenCalledOnce();
    expect(push).toHaveBeenCalledWith("/globex/incidents");
  });

  it("never has signing out under a hasty Enter", async () => {
    const { type, options } = draw();
    answer = () => page([makeRow({ title: "Sign-in burst" })]);
    type("sign");
    await waitFor(() => expect(options()).toHaveLength(3));
    expect(options()[0]).toContain("Sign-in burst");
    expect(options()[2]).toContain("Sign out");
  });

  it("asks ContraForce once the typing rests, shows what it found and what that rests on", async () => {
    const { type, press, options } = draw();
    for (const text of ["ra", "rans", "ransom"]) type(text);
    await waitFor(() => expect(options()[0]).toContain("Ransomware on FIN-042"));
    expect(asked.map(({ query }) => query)).toEqual(["ransom"]);
    expect(screen.getByText(/1 shown · .*1 of 1 workspace/)).toBeTruthy();
    press("Enter");
    expect(push).toHaveBeenCalledWith("/main/incidents/11111111-1111-4111-8111-111111111111/Sentinel/1");
  });

  it("leads to the whole list of matches: every status, thirty days", async () => {
    const { type, options, press } = draw();
    type("ransom");
    await waitFor(() => expect(options()).toHaveLength(2));
    press("ArrowDown");
    press("Enter");
    const address = new URL(String(push.mock.calls[0]?.[0]), "https://watchfloor.test");
    expect(address.pathname).toBe("/main/incidents");
    expect(address.searchParams.get("q")).toBe("ransom");
    expect(address.searchParams.get("status")).toBe("any");
    const days =
      (Date.parse(address.searchParams.get("to") ?? "") -
        Date.parse(address.searchParams.get("from") ?? "")) /
      86_400_000;
    expect(days).toBe(30);
  });

  it("says that there may be more, and that nothing was found in the first answer only", async () => {
    const { type } = draw();
    answer = () => page([], "next");
    type("nothing");
    expect(await screen.findByText(/No incident found in the first answer, there may be more/)).toBeTruthy();
  });

  it("says why ContraForce could not be asked", async () => {
    const { status, title } = failures.UPSTREAM_UNAVAILABLE;
    answer = () =>
      new Response(
        JSON.stringify({
          type: "about:blank",
          title,
          status,
          code: "UPSTREAM_UNAVAILABLE",
          requestId: "r-1",
        }),
        { status },
      );
    const { type } = draw();
    type("ransom");
    expect(await screen.findByText(/Only incidents that were loaded before are shown/)).toBeTruthy();
  });

  it.each([
    ["one letter", "r", session.permissions],
    ["somebody who may not read incidents", "ransom", []],
  ])("asks nothing for %s", async (_, text, permissions) => {
    vi.useFakeTimers();
    const { type } = draw({ permissions });
    type(text);
    await act(() => vi.advanceTimersByTimeAsync(5000));
    expect(asked).toEqual([]);
  });
});
