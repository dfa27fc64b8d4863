import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { SessionProvider, type ShellSession } from "@/components/shell/session";
import { ToastRegion } from "@/components/ui/toast";
import { makeQueryClient } from "@/lib/client/query-client";
import { workspaceRows } from "@/lib/domain/workspace-desk";
import type { WorkspaceProfile, WorkspacesOverview } from "@/lib/domain/workspace-profile";
import { failures, type FailureCode, type Problem } from "@/lib/errors";
import { BulkDialog } from "./bulk-dialog";
import { EditDialog } from "./edit-dialog";
import { WorkspacesPage } from "./workspaces-page";

beforeAll(() => {
  // The test environment has no modal dialogs.
  HTMLDialogElement.prototype.showModal = function showModal() {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function close() {
    this.open = false;
  };
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const at = "2026-11-24T10:00:00.000Z";
const contoso = "aaaaaaaa-0000-4000-8000-000000000001";
const fabrikam = "bbbbbbbb-0000-4000-8000-000000000002";
const session: ShellSession = {
  organisation: { slug: "main", name: "Main" },
  otherOrganisations: [],
  role: "manager",
  permissions: ["workspaces:read", "workspaces:manage"],
  person: { name: "Ada", email: "ada@demo.test" },
};
const profile = (id: string, name: string, more: Partial<WorkspaceProfile> = {}): WorkspaceProfile => ({
  id,
  ownName: null,
  upstreamName: name,
  learnedFrom: "rows",
  firstSeenAt: at,
  lastSeenAt: at,
  tags: [],
  groupIds: [],
  hidden: null,
  revision: 3,
  changedAt: null,
  changedBy: null,
  open: {},
  ...more,
});
const hidden = { at, reason: "Contract ended", by: "Ada" };
const overview = (more: Partial<WorkspacesOverview> = {}): WorkspacesOverview => ({
  workspaces: [profile(contoso, "Contoso", { tags: ["eu"] }), profile(fabrikam, "Fabrikam", { hidden })],
  groups: [
    { id: "11111111-0000-4000-8000-000000000001", name: "Night", isForSight: false, mayChange: true },
    { id: "11111111-0000-4000-8000-000000000002", name: "Rights", isForSight: true, mayChange: false },
  ],
  basis: {
    asOf: at,
    coverage: {
      asOf: at,
      entries: [
        {
          workspaceId: contoso,
          workspaceName: "Contoso",
          source: "Sentinel",
          state: "failed",
          rows: 0,
          since: at,
          reason: "403",
        },
      ],
      unreadableRows: 0,
    },
    window: { isCovered: false, isReached: false, coveredFrom: null, uncovered: [], moreUncovered: 0 },
  },
  mayManage: true,
  mayKeepGroups: false,
  ...more,
});
const problem = (code: FailureCode, more: Partial<Problem> = {}): Problem => {
  const { status, title } = failures[code];
  return { type: "about:blank", title, status, code, requestId: "req-1", ...more };
};

interface Answers {
  overview?: WorkspacesOverview | Problem;
  change?: { revision: number } | { changed: string[] } | Problem;
}

/** A fake server whose answers may change on the way; what it was sent. */
function serve(answers: Answers) {
  const sent: { url: string; method: string; body: unknown }[] = [];
  vi.stubGlobal("fetch", async (url: string, init?: RequestInit) => {
    const method = init?.method ?? "GET";
    sent.push({ url, method, body: typeof init?.body === "string" ? JSON.parse(init.body) : null });
    const data = method === "GET" ? (answers.overview ?? overview()) : (answers.change ?? { changed: [] });
    if ("code" in data) return Response.json(data, { status: data.status });
    return Response.json({ data, meta: { requestId: "r", timestamp: at } });
  });
  return sent;
}

function draw(children: React.ReactNode, search = "", permissions = session.permissions) {
  return render(
    <SessionProvider session={{ ...session, permissions }}>
      <NuqsTestingAdapter searchParams={search} hasMemory>
        <QueryClientProvider client={makeQueryClient()}>{children}</QueryClientProvider>
      </NuqsTestingAdapter>
    </SessionProvider>,
  );
}

const count = () => screen.getByTestId("workspace-count").textContent;

describe("the page of workspaces", () => {
  it("counts what is hidden and what is not current, and shows the hidden when asked", async () => {
    serve({});
    draw(<WorkspacesPage />);
    expect(count()).toBe("Reading the workspaces");
    await waitFor(() => expect(count()).toBe("1 of 2 workspaces · 1 not current · 1 hidden"));
    fireEvent.click(screen.getByRole("checkbox", { name: "Tick Contoso" }));
    expect(screen.getByText("1 workspace ticked")).toBeTruthy();
    fireEvent.click(screen.getByRole("switch", { name: "Show hidden (1)" }));
    await waitFor(() => expect(count()).toBe("2 workspaces · 2 not current"));
  });

  it("tells all hidden, empty by filter and empty apart", async () => {
    serve({ overview: overview({ workspaces: [profile(fabrikam, "Fabrikam", { hidden })] }) });
    draw(<WorkspacesPage />);
    expect(await screen.findByText("The one workspace here is hidden")).toBeTruthy();
    expect(screen.getByText("Their incidents are in the queue as before.")).toBeTruthy();
    cleanup();
    serve({});
    draw(<WorkspacesPage />, "?tag=us");
    expect(await screen.findByText("No workspace matches these filters")).toBeTruthy();
    cleanup();
    serve({ overview: overview({ workspaces: [] }) });
    draw(<WorkspacesPage />);
    expect(await screen.findByText("No workspace is known yet")).toBeTruthy();
  });

  it("keeps what was read when a later reading fails, and says so", async () => {
    const answers: Answers = {};
    serve(answers);
    draw(<WorkspacesPage />);
    await waitFor(() => expect(count()).toMatch(/^1 of 2/));
    answers.overview = problem("STORE_UNAVAILABLE");
    fireEvent.click(screen.getByRole("button", { name: "Refresh now" }));
    expect((await screen.findByRole("alert")).textContent).toContain("What is shown was read before.");
    expect(count()).toMatch(/^1 of 2/);
  });

  it("with nothing read tells why, and a role without the permission which one it needs", async () => {
    serve({ overview: problem("STORE_UNAVAILABLE") });
    draw(<WorkspacesPage />);
    expect(await screen.findByRole("alert")).toBeTruthy();
    cleanup();
    const sent = serve({});
    draw(<WorkspacesPage />, "", []);
    expect(screen.getByText("Workspaces are not part of your role")).toBeTruthy();
    expect(sent).toEqual([]);
  });

  it("offers no box and no group to who may only read", async () => {
    serve({ overview: overview({ mayManage: false }) });
    draw(<WorkspacesPage />);
    await waitFor(() => expect(count()).toMatch(/^1 of 2/));
    expect(screen.queryByRole("checkbox", { name: /^Tick/ })).toBeNull();
    expect(screen.queryByRole("button", { name: "Manage groups" })).toBeNull();
  });
});

const rows = () => workspaceRows(overview());

describe("changing one workspace", () => {
  it("sends the difference of groups and the revision that was seen; errors stand at their fields", async () => {
    const answers: Answers = { change: problem("INVALID_INPUT", { errors: { tags: ["Too long."] } }) };
    const sent = serve(answers);
    const onClose = vi.fn();
    draw(<EditDialog row={rows()[0]!} overview={overview()} onClose={onClose} />);
    fireEvent.change(screen.getByLabelText("Name here"), { target: { value: "Harbour" } });
    fireEvent.click(screen.getByLabelText("Night"));
    expect(screen.queryByLabelText("Rights")).toBeNull();
    expect(screen.getByText(/What people see rests on Rights/)).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Save" }));
    expect(await screen.findByText("Too long.")).toBeTruthy();
    expect(onClose).not.toHaveBeenCalled();
    answers.change = { revision: 4 };
    fireEvent.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    const last = sent.findLast(({ method }) => method === "PUT");
    expect(last).toEqual({
      url: `/api/main/workspaces/${contoso}`,
      method: "PUT",
      body: {
        revision: 3,
        ownName: "Harbour",
        tags: ["eu"],
        hidden: null,
        groups: { add: ["11111111-0000-4000-8000-000000000001"], remove: [] },
      },
    });
  });

  it("after a conflict shows what is there now, and saves over it only when that is asked for", async () => {
    const detail = "Grace changed this workspace in the meantime. Nothing was changed.";
    const answers: Answers = { change: problem("CONFLICT", { detail }) };
    const sent = serve(answers);
    const [row] = rows();
    const onClose = vi.fn();
    const wrap = (revision: number, ownName: string | null) => (
      <SessionProvider session={session}>
        <QueryClientProvider client={client}>
          <EditDialog
            row={{ ...row!, profile: { ...row!.profile, revision, ownName } }}
            overview={overview()}
            onClose={onClose}
          />
        </QueryClientProvider>
      </SessionProvider>
    );
    const client = makeQueryClient();
    const { rerender } = render(wrap(3, null));
    fireEvent.change(screen.getByLabelText("Name here"), { target: { value: "Mine" } });
    fireEvent.click(screen.getByRole("button", { name: "Save" }));
    expect(await screen.findByText(detail)).toBeTruthy();
    rerender(wrap(4, "Hers"));
    expect(screen.getByText(/Now it is called Hers/)).toBeTruthy();
    answers.change = { revision: 5 };
    fireEvent.click(screen.getByRole("button", { name: "Save mine over it" }));
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(sent.findLast(({ method }) => method === "PUT")?.body).toMatchObject({
      revision: 4,
      ownName: "Mine",
    });
  });
});

describe("changing several workspaces", () => {
  it("names them, says what hiding does, does to each the same, and takes it back", async () => {
    const sent = serve({ change: { changed: [contoso, fabrikam] } });
    const onDone = vi.fn();
    const client = makeQueryClient();
    const scene = (dialog: React.ReactNode) => (
      <SessionProvider session={session}>
        <QueryClientProvider client={client}>
          {dialog}
          <ToastRegion />
        </QueryClientProvider>
      </SessionProvider>
    );
    const { rerender } = render(
      scene(<BulkDialog rows={rows()} overview={overview()} onDone={onDone} onClose={vi.fn()} />),
    );
    expect(screen.getByText("Contoso, Fabrikam")).toBeTruthy();
    fireEvent.change(screen.getByLabelText("Add tags"), { target: { value: "Tier 1, eu" } });
    fireEvent.click(screen.getByText("Hide"));
    expect(screen.getByText(/its incidents stay in the queue/)).toBeTruthy();
    fireEvent.change(screen.getByLabelText("Why it is hidden"), { target: { value: "Gone" } });
    fireEvent.click(screen.getByRole("button", { name: "Hide 2 workspaces" }));
    await waitFor(() => expect(onDone).toHaveBeenCalled());
    expect(sent.filter(({ method }) => method === "POST")).toEqual([
      {
        url: "/api/main/workspaces/changes",
        method: "POST",
        body: {
          workspaceIds: [contoso, fabrikam],
          tags: { add: ["eu", "tier 1"], remove: [] },
          groups: { add: [], remove: [] },
          hidden: { reason: "Gone" },
        },
      },
    ]);
    // The dialog is gone by the time that somebody thinks better of it.
    rerender(scene(null));
    sent.length = 0;
    fireEvent.click(screen.getByRole("button", { name: "Undo" }));
    expect(await screen.findByText("Changed back 2 workspaces")).toBeTruthy();
    const groups = { add: [], remove: [] };
    expect(sent.filter(({ method }) => method === "POST").map(({ body }) => body)).toEqual([
      { workspaceIds: [contoso], tags: { add: [], remove: ["tier 1"] }, groups, hidden: null },
      {
        workspaceIds: [fabrikam],
        tags: { add: [], remove: ["eu", "tier 1"] },
        groups,
        hidden: { reason: "Contract ended" },
      },
    ]);
  });
});
