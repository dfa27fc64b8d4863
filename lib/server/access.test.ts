import { describe, expect, it } from "vitest";
import type { Membership, Principal, Role, WorkspaceScope } from "@/lib/domain/access";
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
