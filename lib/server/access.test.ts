import { describe, expect, it } from "vitest";
import {
  callerIdOf,
  isWithin,
  type Membership,
  type Principal,
  type Role,
  rolePermissions,
  type WorkspaceScope,
} from "@/lib/domain/access";
import { Failure } from "@/lib/errors";
import { authorise, membershipOf } from "./access";

const mine = "aaaaaaaa-0000-4000-8000-000000000001";
const member = (role: Role, scope: WorkspaceScope = { kind: "all" }): Membership => ({
  organisationId: "o",
  organisationSlug: "main",
  organisationName: "Main",
  role,
  scope,
});
const failureOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    if (error instanceof Failure) return { code: error.code, details: error.details };
    throw error;
  }
  return "allowed";
};

describe("membership", () => {
  const principal: Principal = {
    personId: "p",
    sessionId: "s",
    email: "e",
    name: "n",
    memberships: [member("viewer")],
  };

  it("is that of the organisation in the address", () => {
    expect(membershipOf(principal, "main")).toBe(principal.memberships[0]);
  });

  it("in a foreign organisation fails exactly as in an unknown one", () => {
    const foreign = failureOf(() => membershipOf(principal, "globex"));
    expect(foreign).toEqual({ code: "NOT_FOUND", details: {} });
    for (const slug of ["nothing", "", "MAIN", "main ", "__proto__"])
      expect(failureOf(() => membershipOf(principal, slug))).toEqual(foreign);
  });
});

describe("authorise", () => {
  const limited = member("analyst", { kind: "list", ids: new Set([mine]) });

  it("allows what the role holds, on the workspaces of the scope, in any case of the letters", () => {
    expect(failureOf(() => authorise(limited, "tickets:manage", mine.toUpperCase()))).toBe("allowed");
    expect(failureOf(() => authorise(limited, "incidents:read", null))).toBe("allowed");
  });

  it("forbids what the role does not hold, whatever the workspace", () => {
    for (const workspaceId of [mine, "other", null])
      expect(failureOf(() => authorise(limited, "webhooks:manage", workspaceId))).toEqual({
        code: "FORBIDDEN",
        details: {},
      });
  });

  it("calls a workspace outside the scope missing", () => {
    for (const workspaceId of ["bbbbbbbb-0000-4000-8000-000000000002", ""])
      expect(failureOf(() => authorise(limited, "incidents:read", workspaceId))).toEqual({
        code: "NOT_FOUND",
        details: {},
      });
  });
});

describe("a display", () => {
  const standing = { ...member("viewer", { kind: "list", ids: new Set([mine]) }), role: "display" as const };

  it("reads what a wall shows, on its own workspaces", () => {
    for (const permission of [
      "incidents:read",
      "gamebooks:read",
      "datasources:read",
      "workspaces:read",
    ] as const)
      expect(failureOf(() => authorise(standing, permission, mine))).toBe("allowed");
    expect(failureOf(() => authorise(standing, "incidents:read", "other"))).toMatchObject({
      code: "NOT_FOUND",
    });
  });

  it("does nothing else, and nothing that leaves a trace at ContraForce", () => {
    const allowed = new Set(["incidents:read", "gamebooks:read", "datasources:read", "workspaces:read"]);
    const refused = [...rolePermissions.admin].filter((permission) => !allowed.has(permission));
    expect(refused).toContain("traces:leave");
    for (const permission of refused)
      expect(failureOf(() => authorise(standing, permission, mine))).toMatchObject({ code: "FORBIDDEN" });
  });

  it("is found in its own organisation only, like a membership", () => {
    const caller = { personId: null, displayId: "d", name: "Wall", memberships: [standing] };
    expect(membershipOf(caller, "main")).toBe(standing);
    expect(failureOf(() => membershipOf(caller, "globex"))).toEqual({ code: "NOT_FOUND", details: {} });
    expect(callerIdOf(caller)).toBe("display:d");
  });

  it.each([
    [{ kind: "all" }, { kind: "all" }, true],
    [{ kind: "all" }, { kind: "list", ids: new Set([mine]) }, false],
    [{ kind: "list", ids: new Set([mine.toUpperCase()]) }, { kind: "list", ids: new Set([mine]) }, true],
    [{ kind: "list", ids: new Set(["x", mine]) }, { kind: "list", ids: new Set([mine]) }, false],
    [{ kind: "list", ids: new Set<string>() }, { kind: "list", ids: new Set<string>() }, true],
    [{ kind: "list", ids: new Set(["x"]) }, { kind: "all" }, true],
  ] as const)("scope %j within %j: %s", (inner, outer, is) => {
    expect(isWithin(inner, outer)).toBe(is);
  });
});
