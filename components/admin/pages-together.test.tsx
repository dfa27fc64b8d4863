import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import type { ReactNode } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { AuditTrail } from "@/components/audit/audit-trail";
import { MembersPage } from "@/components/members/members-page";
import { SessionProvider, type ShellSession } from "@/components/shell/session";
import { makeQueryClient } from "@/lib/client/query-client";
import type { AuditPage } from "@/lib/domain/audit";
import type { MembersView } from "@/lib/domain/members";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const session: ShellSession = {
  organisation: { slug: "main", name: "Main" },
  otherOrganisations: [],
  role: "admin",
  permissions: ["members:manage", "audit:read"],
  person: { name: "Ada", email: "ada@demo.test" },
};
const workspaceId = "11111111-1111-4111-8111-111111111111";
const members: MembersView = {
  members: [
    {
      personId: "p-1",
      name: "Mona",
      email: "mona@demo.test",
      role: "manager",
      scope: { kind: "list", workspaceIds: [workspaceId] },
      disabledAt: null,
      lastSeenAt: null,
      isYou: false,
    },
  ],
  invitations: [],
  groups: [],
  confirmBy: "password",
};
const audit: AuditPage = {
  rows: [
    {
      seq: 1,
      at: "2026-11-24T10:00:00Z",
      person: null,
      action: "tickets.link",
      permission: null,
      workspaceId,
      outcome: "done",
      upstreamRequestId: null,
      requestId: "r",
      detail: {},
      hash: "00",
    },
  ],
  before: null,
  choices: { people: [], actions: [] },
};

it("the pages of the administration share what they have read, whichever comes first", async () => {
  vi.stubGlobal("fetch", async (address: string) => {
    const data = address.endsWith("/workspaces")
      ? { workspaces: [{ id: workspaceId, name: "Contoso" }] }
      : address.endsWith("/members")
        ? members
        : audit;
    return Response.json({ data, meta: { requestId: "r", timestamp: "t" } });
  });
  const pages: readonly ReactNode[] = [<AuditTrail key="a" />, <MembersPage key="m" />];
  for (const order of [pages, [...pages].reverse()]) {
    const client = makeQueryClient();
    for (const page of order) {
      const { unmount } = render(
        <NuqsTestingAdapter>
          <SessionProvider session={session}>
            <QueryClientProvider client={client}>{page}</QueryClientProvider>
          </SessionProvider>
        </NuqsTestingAdapter>,
      );
      expect((await screen.findAllByText("Contoso")).length).toBeGreaterThan(0);
      unmount();
    }
  }
});
