import { describe, expect, it } from "vitest";
import type { Membership, Principal, WorkspaceScope } from "@/lib/domain/access";
import { Failure } from "@/lib/errors";
import { answerWorkspaceList, type WorkspaceListDependencies } from "./workspace-list";
import type { KnownWorkspace } from "./workspaces";

const known: readonly KnownWorkspace[] = ["a", "b", "c"].map((id) => ({
  id,
  name: `Name of ${id}`,
  ownName: null,
  isNameReplaceable: true,
  lastSeenAt: "2026-11-24T12:00:00.000Z",
  sources: [{ source: "Sentinel", lastReadAt: null }],
}));

function dependencies(scope: WorkspaceScope): WorkspaceListDependencies & { readonly asked: string[] } {
  const asked: string[] = [];
  const membership: Membership = {
    organisationId: "organisation-main",
    organisationSlug: "main",
    organisationName: "Main",
    role: "viewer",
    scope,
  };
  const principal: Principal = {
    personId: "p",
    sessionId: "s",
    email: "viewer@demo.test",
    name: "Vi",
    memberships: [membership],
  };
  return {
    asked,
    requireCaller: async () => principal,
    listWorkspaces: async (organisationId) => {
      asked.push(organisationId);
      return known;
    },
  };
}

const request = (headers: Record<string, string> = {}) =>
  new Request("http://localhost/api/main/workspaces", { headers });

describe("GET /api/<org>/workspaces", () => {
  it("lists what the person may see, uncached", async () => {
    const deps = dependencies({ kind: "list", ids: new Set(["b"]) });
    const reply = await answerWorkspaceList(request(), "main", "request-1", deps);
    expect(reply.headers.get("cache-control")).toBe("no-store");
    expect(await reply.json()).toMatchObject({
      data: {
        workspaces: [
          { id: "b", name: "Name of b", sources: ["Sentinel"], lastSeenAt: "2026-11-24T12:00:00.000Z" },
        ],
      },
      meta: { requestId: "request-1" },
    });
    expect(deps.asked).toEqual(["organisation-main"]);
  });

  it("lists all of them to whoever may see all", async () => {
    const reply = await answerWorkspaceList(request(), "main", "r", dependencies({ kind: "all" }));
    const { data } = (await reply.json()) as { data: { workspaces: { id: string }[] } };
    expect(data.workspaces.map(({ id }) => id)).toEqual(["a", "b", "c"]);
  });

  it("treats a foreign organisation as one that does not exist, and asks the store nothing", async () => {
    const deps = dependencies({ kind: "all" });
    const foreign = answerWorkspaceList(request(), "globex", "r", deps);
    await expect(foreign).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(deps.asked).toEqual([]);
  });

  it("answers nobody who is not signed in", async () => {
    const deps = {
      ...dependencies({ kind: "all" }),
      requireCaller: () => Promise.reject(new Failure("NOT_SIGNED_IN")),
    };
    await expect(answerWorkspaceList(request(), "main", "r", deps)).rejects.toMatchObject({
      code: "NOT_SIGNED_IN",
    });
  });
});
