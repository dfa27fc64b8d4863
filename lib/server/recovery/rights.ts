import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import { decideAccess, type Membership, type Principal } from "@/lib/domain/access";
import { readMemberships } from "@/lib/server/auth/session-store";
import { withPlatform } from "@/lib/server/db/platform";
import { people } from "@/lib/server/db/schema/platform";

/** Somebody in whose name a job acts, as they stand at this moment. */
export interface Actor {
  readonly principal: Principal;
  readonly membership: Membership;
}

/** Who stands behind a job now. Null when they are gone, disabled, or may not change webhooks any more. */
export type FindActor = (personId: string, organisationId: string, jobId: string) => Promise<Actor | null>;

/** The person of a job by the database, with or without a session: work goes on after they have signed out, not after they were taken away. */
export const findActor: FindActor = (personId, organisationId, jobId) =>
  withPlatform(async (tx) => {
    const [person] = await tx
      .select({ email: people.email, name: people.name })
      .from(people)
      .where(and(eq(people.id, personId), isNull(people.disabledAt)));
    if (!person) return null;
    const memberships = await readMemberships(tx, personId);
    const membership = memberships.find((each) => each.organisationId === organisationId);
    if (!membership || !decideAccess(membership, "webhooks:manage", null).allowed) return null;
    return { principal: { personId, sessionId: `recovery ${jobId}`, ...person, memberships }, membership };
  });
