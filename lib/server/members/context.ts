import "server-only";
import { sql } from "drizzle-orm";
import type { AnyPermission, Membership, Principal } from "@/lib/domain/access";
import type { MemberScope } from "@/lib/domain/members";
import { Failure } from "@/lib/errors";
import { recordAudit } from "@/lib/server/audit/record";
import type { Tx } from "@/lib/server/db/database";
import { acrossRoles } from "@/lib/server/db/roles";
import { existingGroups } from "./scope";

/** Who acts, where, in which call. Rights have been checked. */
export interface MembersContext {
  readonly principal: Principal;
  readonly membership: Membership;
  readonly requestId: string;
  /** See `callerAddress`. */
  readonly address: string;
}

/** What an act leaves behind: its result, and the audit row that stands or falls with it. */
export interface Done<Result> {
  readonly result: Result;
  readonly action: string;
  readonly detail: Record<string, unknown>;
  /** What it rested on, where that is not `members:manage`. */
  readonly permission?: AnyPermission;
}

/**
 * One change of an organisation's people with its audit row, in one transaction; such changes take turns per organisation, so that two
 * administrators who take each other's role away at the same time do not leave none.
 */
export function change<Result>(
  { principal, membership, requestId }: MembersContext,
  work: (tx: Tx, organisationId: string) => Promise<Done<Result>>,
): Promise<Result> {
  const { organisationId } = membership;
  return acrossRoles(async (roles) => {
    const done = await roles.platform(async (tx) => {
      await takeTurn(tx, organisationId);
      return work(tx, organisationId);
    });
    await roles.organisation(organisationId, (tx) =>
      recordAudit(tx, {
        organisationId,
        personId: principal.personId,
        action: done.action,
        permission: done.permission ?? "members:manage",
        workspaceId: null,
        outcome: "done",
        upstreamRequestId: null,
        requestId,
        detail: done.detail,
      }),
    );
    return done.result;
  });
}

/** Changes of one organisation's people wait for each other here until the transaction ends. */
export async function takeTurn(tx: Tx, organisationId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`members:${organisationId}`}, 0))`);
}

/** Throws `INVALID_INPUT` when the scope names a group that the organisation does not have. */
export async function requireGroups(tx: Tx, organisationId: string, scope: MemberScope): Promise<void> {
  if (scope.kind !== "groups") return;
  const known = new Set(await existingGroups(tx, organisationId, scope.groupIds));
  if (scope.groupIds.some((id) => !known.has(id)))
    throw new Failure("INVALID_INPUT", {
      errors: { "scope.groupIds": ["This group is gone; choose another."] },
    });
}
