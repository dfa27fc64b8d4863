import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { SessionProvider, type ShellSession } from "@/components/shell/session";
import { makeQueryClient } from "@/lib/client/query-client";
import type { MembersView } from "@/lib/domain/members";
import { failures, type FailureCode, type Problem } from "@/lib/errors";
import { MembersPage } from "./members-page";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const session: ShellSession = {
  organisation: { slug: "main", name: "Main" },
  otherOrganisations: [],
  role: "admin",
  permissions: ["members:manage"],
  person: { name: "Ada", email: "ada@demo.test" },
};
const view: MembersView = {
  members: [
    {
      personId: "p-1",
      name: "Ada",
      email: "ada@demo.test",
      role: "admin",
      scope: { kind: "all" },
      disabledAt: null,
      lastSeenAt: "2026-11-24T10:00:00Z",
      isYou: true,
    },
    {
      personId: "p-2",
      name: "Grace",
      email: "grace@demo.test",
      role: "analyst",
      scope: { kind: "groups", groupIds: ["g-1"] },
      disabledAt: null,
      lastSeenAt: null,
      isYou: false,
    },
  ],
  invitations: [],
  groups: [{ id: "g-1", name: "North", workspaceIds: ["w-1"] }],
  confirmBy: "password",
};
const problem = (code: FailureCode, more: Partial<Problem> = {}): Problem => {
  const { status, title } = failures[code];
  return { type: "about:blank", title, status, code, requestId: "req-1", ...more };
};

interface Sent {
  readonly method: string;
  readonly address: string;
  readonly body: unknown;
}

function show(answer: (sent: Sent) => unknown, permissions = session.permissions) {
  const sent: Sent[] = [];
  vi.stubGlobal("fetch", async (address: string, init?: RequestInit) => {
    const call = {
      method: init?.method ?? "GET",
      address,
      body: init?.body === undefined ? null : (JSON.parse(String(init.body)) as unknown),
    };
    sent.push(call);
    const data = address.endsWith("/workspaces")
      ? { workspaces: [{ id: "w-1", name: "Contoso" }] }
      : answer(call);
    if (typeof data === "object" && data !== null && "code" in data)
      return Response.json(data, { status: (data as Problem).status });
    return Response.json({ data, meta: { requestId: "r", timestamp: "t" } });
  });
  render(
    <SessionProvider session={{ ...session, permissions }}>
      <QueryClientProvider client={makeQueryClient()}>
        <MembersPage />
      </QueryClientProvider>
    </SessionProvider>,
  );
  return sent;
}

/** The test's browser has no popovers: their events are given by hand. */
async function choose(person: string, action: string) {
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe = () => undefined;
      disconnect = () => undefined;
    },
  );
  HTMLElement.prototype.hidePopover = () => undefined;
  const button = await screen.findByRole("button", { name: `Actions on ${person}` });
  const menu = document.getElementById(button.getAttribute("popovertarget") ?? "")!;
  fireEvent(menu, Object.assign(new Event("beforetoggle"), { newState: "open" }));
  fireEvent.click(within(menu).getByText(action));
  return screen.findByRole("dialog");
}

describe("the members page", () => {
  it("tells each person's role and sight in words, a group by its name", async () => {
    show(() => view);
    const row = (await screen.findByText("grace@demo.test")).closest("tr")!;
    expect(within(row).getByText("Analyst")).toBeTruthy();
    expect(within(row).getAllByText("North")).not.toHaveLength(0);
    expect(within(row).getByText("Never")).toBeTruthy();
  });

  it("names role and permission to who may not manage people, and asks the server nothing", () => {
    const sent = show(() => view, []);
    expect(screen.getByText(/members:manage/)).toBeTruthy();
    expect(sent).toEqual([]);
  });

  it("asks before a person is removed, by name, and sends nothing until then", async () => {
    const sent = show(({ method }) => (method === "GET" ? view : {}));
    const dialog = await choose("Grace", "Remove");
    expect(sent.every(({ method }) => method === "GET")).toBe(true);
    fireEvent.click(within(dialog).getByRole("button", { name: "Remove Grace" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(sent.filter(({ method }) => method !== "GET")).toEqual([
      { method: "DELETE", address: "/api/main/members/p-2", body: {} },
    ]);
  });

  it("keeps role and sight when a person is disabled", async () => {
    const sent = show(({ method }) => (method === "GET" ? view : {}));
    const dialog = await choose("Grace", "Disable");
    fireEvent.click(within(dialog).getByRole("button", { name: "Disable Grace" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(sent.find(({ method }) => method === "PUT")?.body).toEqual({
      role: "analyst",
      scope: { kind: "groups", groupIds: ["g-1"] },
      isDisabled: true,
    });
  });

  it("says why the last administrator stays, with the request id", async () => {
    const detail = "This is the last administrator who sees all workspaces.";
    show(({ method }) => (method === "GET" ? view : problem("CONFLICT", { detail })));
    const dialog = await choose("Ada", "Remove");
    fireEvent.click(within(dialog).getByRole("button", { name: "Remove Ada" }));
    expect(await within(dialog).findByText(detail, { exact: false })).toBeTruthy();
    expect(within(dialog).getByText("req-1")).toBeTruthy();
  });

  it("says a refusal that concerns no field of the form as a whole", async () => {
    show(({ method }) =>
      method === "GET"
        ? view
        : problem("INVALID_INPUT", { errors: { "scope.workspaceIds.0": ["Choose from the list."] } }),
    );
    const dialog = await choose("Grace", "Change role and sight");
    fireEvent.click(within(dialog).getByRole("button", { name: "Save" }));
    expect(await within(dialog).findByRole("alert")).toBeTruthy();
    expect(within(dialog).getByText("req-1")).toBeTruthy();
  });

  it("shows the link of an invitation once, and puts a refusal at its field", async () => {
    let isRefused = true;
    const sent = show(({ method }) =>
      method === "GET"
        ? view
        : isRefused
          ? problem("INVALID_INPUT", { errors: { email: ["This person is a member already."] } })
          : { id: "i-1", token: "T".repeat(43), expiresAt: "2026-12-01T10:00:00Z" },
    );
    fireEvent.click(await screen.findByRole("button", { name: "Invite a person" }));
    const field = await screen.findByLabelText("E-mail");
    fireEvent.change(field, { target: { value: "new@demo.test" } });
    fireEvent.click(screen.getByRole("button", { name: "Make the link" }));
    expect(await screen.findByText("This person is a member already.")).toBeTruthy();
    isRefused = false;
    fireEvent.click(screen.getByRole("button", { name: "Make the link" }));
    const link = await screen.findByLabelText<HTMLInputElement>("Link of the invitation");
    expect(link.value).toBe(`${location.origin}/invitation#${"T".repeat(43)}`);
    expect(sent.findLast(({ method }) => method === "POST")?.body).toEqual({
      email: "new@demo.test",
      role: "analyst",
      scope: { kind: "all" },
    });
    // Leaving asks, and the way back shows the same link.
    fireEvent.click(screen.getByRole("button", { name: "Close" }));
    expect(await screen.findByRole("dialog", { name: "You will not see this link again" })).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Back to the link" }));
    expect(screen.getByLabelText<HTMLInputElement>("Link of the invitation").value).toBe(link.value);
    fireEvent.click(screen.getByRole("button", { name: "I have it" }));
    expect(screen.queryByLabelText("Link of the invitation")).toBeNull();
  });

  it("asks for the own password only where somebody becomes an administrator, and puts a refusal at it", async () => {
    let isRefused = true;
    const sent = show(({ method }) =>
      method === "GET"
        ? view
        : isRefused
          ? problem("INVALID_INPUT", { errors: { password: ["This is not your password."] } })
          : {},
    );
    const dialog = await choose("Grace", "Change role and sight");
    expect(within(dialog).queryByLabelText("Your own password")).toBeNull();
    fireEvent.click(within(dialog).getByText("Admin"));
    fireEvent.change(within(dialog).getByLabelText("Your own password"), { target: { value: "secret" } });
    fireEvent.click(within(dialog).getByRole("button", { name: "Save" }));
    expect(await within(dialog).findByText("This is not your password.")).toBeTruthy();
    isRefused = false;
    fireEvent.click(within(dialog).getByRole("button", { name: "Save" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(sent.findLast(({ method }) => method === "PUT")?.body).toMatchObject({
      role: "admin",
      password: "secret",
    });
  });

  it("shows where a member is signed in, asks before all of it ends, and reads anew", async () => {
    const sessions = ["a", "b"].map((letter) => ({
      id: letter.repeat(16),
      isThis: false,
      browser: letter === "a" ? "Firefox on Windows" : null,
      address: "192.0.2.7",
      method: "password",
      signedInAt: "2026-11-24T10:00:00Z",
      lastUsedAt: "2026-11-24T10:00:00Z",
      idleEndsAt: "2026-11-24T22:00:00Z",
      endsAt: "2026-12-01T10:00:00Z",
    }));
    let open = sessions;
    const sent = show(({ method, address }) => {
      if (!address.endsWith("/members/p-2/sessions")) return view;
      if (method === "DELETE") open = [];
      return method === "DELETE" ? { ended: 2 } : { sessions: open, total: open.length };
    });
    const dialog = await choose("Grace", "Sessions");
    expect(await within(dialog).findByText("Firefox on Windows")).toBeTruthy();
    expect(within(dialog).getByText("An unknown browser")).toBeTruthy();
    expect(within(dialog).getByText(/every organisation that they belong to/)).toBeTruthy();
    fireEvent.click(within(dialog).getByRole("button", { name: "Sign out all" }));
    expect(sent.some(({ method }) => method === "DELETE")).toBe(false);
    const question = await screen.findByRole("dialog", { name: "Sign out 2 sessions of Grace?" });
    fireEvent.click(within(question).getByRole("button", { name: "Sign out 2 sessions" }));
    expect(await screen.findByText("Grace is not signed in anywhere.")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Sign out all" })).toBeNull();
    expect(sent.filter(({ method }) => method === "DELETE")).toEqual([
      { method: "DELETE", address: "/api/main/members/p-2/sessions", body: {} },
    ]);
  });
});
