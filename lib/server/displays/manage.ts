import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import { isWithin, type Membership, type Principal, type WorkspaceScope } from "@/lib/domain/access";
import { Failure } from "@/lib/errors";
import { authorise } from "@/lib/server/access";
import { recordAudit } from "@/lib/server/audit/record";
import { newToken, tokenHash } from "@/lib/server/auth/token";
import type { Tx } from "@/lib/server/db/database";
import { acrossRoles } from "@/lib/server/db/roles";
import { displays } from "@/lib/server/db/schema/platform";
import { displayScope, forgetDisplay } from "./identify";

/** Who acts, where, in which call. */
export interface DisplaysContext {
  readonly principal: Principal;
  readonly membership: Membership;
  readonly requestId: string;
}

interface Done<Result> {
  readonly result: Result;
  readonly action: string;
  readonly detail: Record<string, unknown>;
}

/** One change with its audit row, in one transaction. Throws `FORBIDDEN` for whoever may not manage displays. */
function change<Result>(context: DisplaysContext, work: (tx: Tx) => Promise<Done<Result>>): Promise<Result> {
  const { principal, membership, requestId } = context;
  const { organisationId } = membership;
  authorise(membership, "displays:manage", null);
  return acrossRoles(async (roles) => {
    const { result, action, detail } = await roles.platform(work);
    await roles.organisation(organisationId, (tx) =>
      recordAudit(tx, {
        organisationId,
        personId: principal.personId,
        action,
        permission: "displays:manage",
        workspaceId: null,
        outcome: "done",
        upstreamRequestId: null,
        requestId,
        detail,
      }),
    );
    return result;
  });
}

/**
 * Makes a display. The token is what its device cookie holds (32 random bytes); it is told here and never again.
 * @throws Failure FORBIDDEN; INVALID_INPUT when it would show workspaces that its maker may not see
 */
export async function createDisplay(
  context: DisplaysContext,
  input: { readonly name: string; readonly scope: WorkspaceScope },
): Promise<{ readonly id: string; readonly token: string }> {
  const { organisationId, scope: own } = context.membership;
  const { name, scope } = input;
  const token = newToken();
  return change(context, async (tx) => {
    if (!isWithin(scope, own))
      throw new Failure("INVALID_INPUT", {
        errors: { scope: ["Choose among the workspaces that you see yourself."] },
      });
    const workspaceIds = scope.kind === "all" ? [] : [...scope.ids].map((id) => id.toLowerCase()).sort();
    const [row] = await tx
      .insert(displays)
      .values({ organisationId, name, scope: scope.kind, workspaceIds, tokenHash: tokenHash(token) })
      .returning({ id: displays.id });
    if (!row) throw new Error("The display was not written.");
    const detail = { display: { id: row.id, name }, scope: scope.kind, workspaceIds };
    return { result: { id: row.id, token }, action: "display.add", detail };
  });
}

/**
 * Ends a display for good: it is refused at once here, and within two seconds on every other instance.
 * @throws Failure FORBIDDEN; NOT_FOUND, also for one that shows more than its revoker may see
 */
export async function revokeDisplay(context: DisplaysContext, id: string): Promise<void> {
  const { organisationId, scope: own } = context.membership;
  const hash = await change(context, async (tx) => {
    const alive = and(
      eq(displays.id, id),
      eq(displays.organisationId, organisationId),
      isNull(displays.revokedAt),
    );
    const [row] = await tx.select().from(displays).where(alive).for("update");
    if (!row || !isWithin(displayScope(row), own)) throw new Failure("NOT_FOUND");
    await tx.update(displays).set({ revokedAt: new Date() }).where(eq(displays.id, id));
    const detail = { display: { id, name: row.name } };
    return { result: row.tokenHash, action: "display.revoke", detail };
  });
  forgetDisplay(hash);
}
