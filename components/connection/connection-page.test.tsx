import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { SessionProvider, type ShellSession } from "@/components/shell/session";
import { makeQueryClient } from "@/lib/client/query-client";
import type { ConnectionView } from "@/lib/domain/connection";
import { type ConnectionTest, readIds, type ReadOutcome } from "@/lib/domain/permission-mirror";
import { type FailureCode, failures, type Problem } from "@/lib/errors";
import { ConnectionPage } from "./connection-page";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const session: ShellSession = {
  organisation: { slug: "main", name: "Main" },
  otherOrganisations: [],
  role: "admin",
  permissions: ["connection:manage"],
  person: { name: "Ada", email: "ada@demo.test" },
};
const current = { id: "c-1", clientIdEnd: "1111", enteredAt: "2026-11-24T09:00:00Z" };
const beside = {
  id: "c-2",
  clientIdEnd: "2222",
  enteredAt: "2026-11-24T10:00:00Z",
  state: "waiting",
  replacedAt: null,
  retireFrom: null,
} as const;
type Connection = NonNullable<ConnectionView["connection"]>;
const viewOf = (over: Partial<Connection> = {}, rest: Partial<ConnectionView> = {}): ConnectionView => ({
  connection: {
    baseUrl: "https://portal.example.com/api/v2",
    managedBy: "page",
    current,
    beside: null,
    ...over,
  },
  health: { lastSuccessAt: null, lastFailure: null },
  confirmBy: "password",
  ...rest,
});
const found = (changed: Partial<Record<string, ReadOutcome>> = {}): ConnectionTest => ({
  verdict: "accepted",
  sentence: "ContraForce accepts this service account.",
  reads: readIds.map((id) => ({
    id,
    scope: `${id}:read`,
    outcome: changed[id] ?? "works",
    why: null,
    upstreamRequestId: null,
  })),
  account: null,
  testedAt: "2026-11-24T10:00:00Z",
});
const problem = (code: FailureCode, more: Partial<Problem> = {}): Problem => {
  const { status, title } = failures[code];
  return { type: "about:blank", title, status, code, requestId: "req-1", ...more };
};

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
}

/** Draws the page against a fake server: one answer per address, the same each time. */
function draw(answers: Record<string, ConnectionView | ConnectionTest | Problem | object>, over = {}) {
  const sent: Sent[] = [];
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    const method = init.method ?? "GET";
    sent.push({ method, url, body: init.body === undefined ? null : JSON.parse(String(init.body)) });
    const given = answers[`${method} ${url.replace("/api/main/", "")}`];
    if (!given) return Promise.reject(new TypeError("Failed to fetch"));
    const isProblem = "code" in given;
    const body = isProblem ? given : { data: given, meta: { requestId: null, timestamp: null } };
    return Promise.resolve(
      new Response(JSON.stringify(body), { status: isProblem ? (given as Problem).status : 200 }),
    );
  });
  const client = makeQueryClient();
  client.setDefaultOptions({ queries: { ...client.getDefaultOptions().queries, retryDelay: 1 } });
  render(
    <QueryClientProvider client={client}>
      <SessionProvider session={{ ...session, ...over }}>
        <ConnectionPage />
      </SessionProvider>
    </QueryClientProvider>,
  );
  return sent;
}
const type = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole("button", { name }));

describe("the connection page", () => {
  it("names role and permission to who may not see it, and asks the server nothing", () => {
    const sent = draw({}, { role: "viewer", permissions: [] });
    expect(screen.getByText(/Your role here is viewer/).textContent).toContain("connection:manage");
    expect(sent).toEqual([]);
  });

  it("offers to connect where nobody has", async () => {
    draw({ "GET connection": viewOf({}, { connection: null }) });
    expect(await screen.findByText("This organisation is not connected to ContraForce yet")).toBeTruthy();
    expect(screen.getByRole("button", { name: "Enter a service account" })).toBeTruthy();
  });

  it("shows a failure with its request id", async () => {
    draw({ "GET connection": problem("STORE_UNAVAILABLE") });
    expect((await screen.findByRole("alert")).textContent).toContain("req-1");
  });

  it("tells the last fault and whether it has answered since", async () => {
    const lastFailure = {
      at: "2026-11-24T09:30:00.000Z",
      code: "UPSTREAM_CREDENTIAL_REFUSED",
      operation: "users.list",
      upstreamRequestId: "0HN:1",
    } as const;
    draw({
      "GET connection": viewOf({}, { health: { lastSuccessAt: "2026-11-24T09:31:00.000Z", lastFailure } }),
    });
    expect((await screen.findByText(/users\.list/)).textContent).toMatch(
      /refused the service account.*answered since/,
    );
    cleanup();
    draw({
      "GET connection": viewOf({}, { health: { lastSuccessAt: "2026-11-24T09:29:00.000Z", lastFailure } }),
    });
    expect((await screen.findByText(/users\.list/)).textContent).toMatch(/nothing has been answered since/);
  });

  it("N20: a test says which pages are lit, which stay dark and why", async () => {
    draw({ "GET connection": viewOf(), "POST connection/test": found({ gamebooks: "no-scope" }) });
    await screen.findByText("Service account");
    press("Test connection");
    expect(await screen.findByText("7 of 8 pages are lit; Gamebooks stays dark.")).toBeTruthy();
    const row = screen.getByRole("row", { name: /^Gamebooks/ });
    expect(row.textContent).toBe("GamebooksDarkThe credential lacks the scope gamebooks:read.");
    expect(within(screen.getByRole("row", { name: /^Incidents/ })).getByText("Lit")).toBeTruthy();
  });

  it("stores nothing before every field is there, then shows the server's refusal at its field", async () => {
    const sent = draw({
      "GET connection": viewOf(),
      "PUT connection": problem("INVALID_INPUT", {
        errors: { clientSecret: ["ContraForce does not know this client id and secret."] },
      }),
    });
    await screen.findByText("Service account");
    press("Change address or account");
    const button = await screen.findByRole("button", { name: "Test and store" });
    const form = document.querySelector<HTMLFormElement>("#account")!;
    fireEvent.submit(form);
    expect(screen.getByText("Enter the client id.")).toBeTruthy();
    expect(sent.filter(({ method }) => method === "PUT")).toEqual([]);
    type("Client id", "id-9");
    type("Client secret", "s-9");
    type("Your own password", "mine");
    fireEvent.submit(form);
    expect(await screen.findByText("ContraForce does not know this client id and secret.")).toBeTruthy();
    expect(button.isConnected).toBe(true);
    expect(sent.find(({ method }) => method === "PUT")?.body).toEqual({
      baseUrl: "https://portal.example.com/api/v2",
      clientId: "id-9",
      clientSecret: "s-9",
      password: "mine",
    });
  });

  it("asks nobody for a password whom a provider signs in", async () => {
    draw({ "GET connection": viewOf({}, { confirmBy: "fresh-sign-in" }) });
    await screen.findByText("Rotation");
    press("Enter a second credential");
    expect(await screen.findByLabelText("Client secret")).toBeTruthy();
    expect(screen.queryByLabelText("Your own password")).toBeNull();
    expect(screen.queryByLabelText("Address of the API")).toBeNull();
  });

  it("switches only after a question that names the credential, and means exactly the one that was shown", async () => {
    const sent = draw({
      "GET connection": viewOf({ beside }),
      "POST connection/credential/switch": found(),
    });
    await screen.findByText(/Step 2 of 3/);
    press("Switch to …2222");
    const dialog = await screen.findByRole("dialog", { name: "Switch to the credential …2222?" });
    expect(sent.some(({ url }) => url.endsWith("/switch"))).toBe(false);
    fireEvent.click(within(dialog).getByRole("button", { name: "Switch to …2222" }));
    await waitFor(() => expect(sent.find(({ url }) => url.endsWith("/switch"))?.body).toEqual({ id: "c-2" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  it("does not let a replaced credential go while calls may still be using it", async () => {
    const retireFrom = new Date(Date.now() + 40_000).toISOString();
    const replacedAt = new Date(Date.now() - 20_000).toISOString();
    draw({ "GET connection": viewOf({ beside: { ...beside, state: "replaced", replacedAt, retireFrom } }) });
    await screen.findByText(/Step 3 of 3/);
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Retire …2222" }).disabled).toBe(true);
    expect(screen.getByText(/ready in \d+ s/)).toBeTruthy();
  });

  it("asks before it deletes, naming what goes; a refusal leaves the question open with its reason", async () => {
    const retireFrom = new Date(Date.now() - 1_000).toISOString();
    draw({
      "GET connection": viewOf({
        beside: { ...beside, state: "replaced", replacedAt: "2026-11-24T10:00:00Z", retireFrom },
      }),
      "POST connection/credential/retire": problem("CONFLICT", { detail: "Look again." }),
    });
    await screen.findByText(/Step 3 of 3/);
    press("Retire …2222");
    const dialog = await screen.findByRole("dialog", { name: "Retire the credential …2222?" });
    fireEvent.click(within(dialog).getByRole("button", { name: "Retire …2222" }));
    expect(await within(dialog).findByText("Look again.")).toBeTruthy();
    expect(dialog.isConnected).toBe(true);
  });
});
