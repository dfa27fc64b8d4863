import "server-only";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { NewInvitation } from "@/lib/domain/members";
import { isOrganisationSlug } from "@/lib/domain/organisation-slug";
import { Failure } from "@/lib/errors";
import { recordAudit } from "@/lib/server/audit/record";
import { emailInput } from "@/lib/server/auth/account-input";
import { acrossRoles } from "@/lib/server/db/roles";
import { organisations } from "@/lib/server/db/schema/platform";
import { parseFields } from "@/lib/server/field-errors";
import { putInvitation } from "@/lib/server/members/invitations";

const input = z.strictObject({
  slug: z
    .string({ error: "is missing" })
    .refine(
      isOrganisationSlug,
      "takes 1 to 40 lower-case letters, digits and inner hyphens, and no address of Watchfloor's own",
    ),
  name: z.string({ error: "is missing" }).trim().min(1, "is empty").max(100, "has more than 100 characters"),
  admin: z.string({ error: "is missing" }).pipe(emailInput),
});

/**
 * Makes an organisation and invites its first administrator, who sees all of it; with an audit row in its chain, in one transaction. The
 * invitation's token is told here and never again. `given` holds `slug`, `name` and `admin` (an e-mail address), as they were typed.
 * @throws Failure INVALID_INPUT naming the field; CONFLICT when an organisation stands at this address already: nothing is changed then
 */
export async function addOrganisation(given: Readonly<Record<string, unknown>>): Promise<NewInvitation> {
  const { slug, name, admin: email } = parseFields(input, given);
  return acrossRoles(async (roles) => {
    const made = await roles.platform(async (tx) => {
      const [row] = await tx
        .insert(organisations)
        .values({ slug, name })
        .onConflictDoNothing()
        .returning({ id: organisations.id });
      if (!row) throw new Failure("CONFLICT", { detail: `An organisation stands at "${slug}" already.` });
      const offer = { email, role: "admin" as const, scope: { kind: "all" as const } };
      return { organisationId: row.id, invitation: await putInvitation(tx, row.id, offer, null) };
    });
    const { organisationId, invitation } = made;
    await roles.organisation(organisationId, (tx) =>
      recordAudit(tx, {
        organisationId,
        personId: null,
        action: "organisation.add",
        permission: null,
        workspaceId: null,
        outcome: "done",
        upstreamRequestId: null,
        requestId: randomUUID(),
        detail: { by: "operator's command", slug, name, invitation: invitation.id, email },
      }),
    );
    return invitation;
  });
}
