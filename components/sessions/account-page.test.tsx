import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { SessionProvider } from "@/components/shell/session";
import { ToastRegion } from "@/components/ui/toast";
import { makeQueryClient } from "@/lib/client/query-client";
import type { SessionsView, SessionView } from "@/lib/domain/sessions";
import { AccountPage } from "./account-page";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const mine: SessionView = {
  id: "a".repeat(16),
  isThis: true,
  browser: "Chrome on Linux",
  address: "192.0.2.7",
  method: "password",
  signedInAt: "2026-11-24T10:00:00Z",
  lastUsedAt: "2026-11-24T11:00:00Z",
  idleEndsAt: "2026-11-24T23:00:00Z",
  endsAt: "2026-12-01T10:00:00Z",
};
const other: SessionView = {
  ...mine,
  id: "b".repeat(16),
  isThis: false,
  browser: "Safari on iPhone",
  method: "provider",
};
const old: SessionView = {
  ...other,
  id: "c".repeat(16),
  browser: null,
  address: null,
  method: null,
};

function show(first: SessionsView, onDelete: () => Response) {
  const sent: string[] = [];
  let view = first;
  vi.stubGlobal("fetch", async (address: string, init?: RequestInit) => {
    if (init?.method !== "DELETE")
      return Response.json({ data: view, meta: { requestId: "r", timestamp: "" } });
    sent.push(address);
    view = { sessions: [mine], total: 1 };
    return onDelete();
  });
  render(
    <SessionProvider
      session={{
        organisation: { slug: "main", name: "Main" },
        otherOrganisations: [],
        role: "viewer",
        permissions: [],
        person: { name: "Grace", email: "grace@demo.test" },
      }}
    >
      <QueryClientProvider client={makeQueryClient()}>
        <AccountPage />
        <ToastRegion />
      </QueryClientProvider>
    </SessionProvider>,
  );
  return sent;
}

const ended = (count: number) => () =>
  Response.json({ data: { ended: count }, meta: { requestId: "r", timestamp: "" } });

describe("the account page", () => {
  it("marks the session that asks, which has no way to end it here, and says what is not known", async () => {
    show({ sessions: [mine, other, old], total: 3 }, ended(0));
    const own = (await screen.findByText("This session")).closest("li")!;
    expect(within(own).getByText("Chrome on Linux")).toBeTruthy();
    expect(within(own).queryByRole("button")).toBeNull();
    expect(screen.getByText(/through single sign-on from 192\.0\.2\.7/)).toBeTruthy();
    expect(screen.getByText(/from an unknown address/)).toBeTruthy();
    expect(screen.getByText("An unknown browser")).toBeTruthy();
  });

  it("asks before one ends, by name; leaving it sends nothing; the result is told", async () => {
    const sent = show({ sessions: [mine, other], total: 2 }, ended(1));
    const button = await screen.findByRole("button", { name: /^Sign out Safari on iPhone, signed in / });
    fireEvent.click(button);
    const asked = await screen.findByRole("dialog", { name: "Sign out Safari on iPhone?" });
    fireEvent.click(within(asked).getByRole("button", { name: "Leave it as it is" }));
    expect(sent).toEqual([]);
    fireEvent.click(button);
    fireEvent.click(await screen.findByRole("button", { name: "Sign out Safari on iPhone" }));
    expect(await screen.findByText("Signed out 1 session.")).toBeTruthy();
    expect(sent).toEqual([`/api/main/account/sessions/${other.id}`]);
    await waitFor(() => expect(screen.queryByText("Safari on iPhone")).toBeNull());
    expect(screen.getByText("You are signed in here only.")).toBeTruthy();
  });

  it("counts those that are not listed in what all others means", async () => {
    const sent = show({ sessions: [mine, other], total: 120 }, ended(119));
    expect(await screen.findByText("The 2 used last of 120 open ones are listed.")).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Sign out all others" }));
    fireEvent.click(await screen.findByRole("button", { name: "Sign out 119 sessions" }));
    await waitFor(() => expect(sent).toEqual(["/api/main/account/sessions"]));
  });

  it("says why it did not happen, where it was asked", async () => {
    const refused = {
      type: "about:blank",
      title: "Gone",
      status: 409,
      code: "CONFLICT",
      requestId: "req-9",
    };
    show({ sessions: [mine, other], total: 2 }, () =>
      Response.json({ ...refused, detail: "This session is not open any more." }, { status: 409 }),
    );
    fireEvent.click(await screen.findByRole("button", { name: /^Sign out Safari/ }));
    fireEvent.click(await screen.findByRole("button", { name: "Sign out Safari on iPhone" }));
    const asked = screen.getByRole("dialog");
    expect(await within(asked).findByText(/This session is not open any more/)).toBeTruthy();
    expect(within(asked).getByText("req-9")).toBeTruthy();
  });
});
