import "server-only";
import { and, asc, desc, eq, gte, inArray, lt, type SQL } from "drizzle-orm";
import type { AuditFilter, AuditPage, AuditPerson, AuditRow } from "@/lib/domain/audit";
import { acrossRoles, type Roles } from "@/lib/server/db/roles";
import { people } from "@/lib/server/db/schema/platform";
import { audit } from "@/lib/server/db/schema/tenant";

/** Rows of a page on the screen. */
export const pageRows = 100;

function conditions(filter: AuditFilter, before: number | null): SQL | undefined {
  const parts: (SQL | undefined)[] = [
    before === null ? undefined : lt(audit.seq, before),
    filter.from === null ? undefined : gte(audit.at, new Date(filter.from)),
    filter.to === null ? undefined : lt(audit.at, new Date(filter.to)),
    filter.personId === null ? undefined : eq(audit.personId, filter.personId),
    filter.action === null ? undefined : eq(audit.action, filter.action),
    filter.outcome === null ? undefined : eq(audit.outcome, filter.outcome),
    filter.workspaceId === null ? undefined : eq(audit.workspaceId, filter.workspaceId),
  ];
  return and(...parts);
}

/** Names of people who stand in the organisation's own records, by id. */
export async function namesOf(
  roles: Roles,
  personIds: readonly (string | null)[],
): Promise<ReadonlyMap<string, AuditPerson>> {
  const ids = [...new Set(personIds.filter((id) => id !== null))];
  if (ids.length === 0) return new Map();
  const rows = await roles.platform((tx) =>
    tx
      .select({ id: people.id, name: people.name, email: people.email })
      .from(people)
      .where(inArray(people.id, ids)),
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** A person of the records by `namesOf`'s answer; with empty names where the account is gone. Null for what nobody did. */
export function personOf(
  names: ReadonlyMap<string, AuditPerson>,
  personId: string | null,
): AuditPerson | null {
  return personId === null ? null : (names.get(personId) ?? { id: personId, name: "", email: "" });
}

/** Newest first, at most `limit` rows older than `before`. One transaction. */
export function readAuditRows(
  organisationId: string,
  filter: AuditFilter,
  before: number | null,
  limit: number,
): Promise<readonly AuditRow[]> {
  return acrossRoles((roles) => rowsOf(roles, organisationId, filter, before, limit));
}

async function rowsOf(
  roles: Roles,
  organisationId: string,
  filter: AuditFilter,
  before: number | null,
  limit: number,
): Promise<readonly AuditRow[]> {
  const rows = await roles.organisation(organisationId, (tx) =>
    tx.select().from(audit).where(conditions(filter, before)).orderBy(desc(audit.seq)).limit(limit),
  );
  const names = await namesOf(
    roles,
    rows.map((row) => row.personId),
  );
  return rows.map(({ personId, at, hash, prevHash: _prevHash, organisationId: _own, ...row }) => ({
    ...row,
    at: at.toISOString(),
    person: personOf(names, personId),
    hash: hash.toString("hex"),
  }));
}

/** A page for the screen; the first one brings what there is to choose from. */
export function readAuditPage(
  organisationId: string,
  filter: AuditFilter,
  before: number | null,
): Promise<AuditPage> {
  return acrossRoles(async (roles) => {
    const rows = await rowsOf(roles, organisationId, filter, before, pageRows + 1);
    const shown = rows.slice(0, pageRows);
    const choices = before === null ? await choicesOf(roles, organisationId) : null;
    return { rows: shown, before: rows.length > pageRows ? (shown.at(-1)?.seq ?? null) : null, choices };
  });
}

async function choicesOf(roles: Roles, organisationId: string): Promise<AuditPage["choices"]> {
  const [actors, actions] = await roles.organisation(organisationId, async (tx) => [
    await tx.selectDistinct({ personId: audit.personId }).from(audit),
    await tx.selectDistinct({ action: audit.action }).from(audit).orderBy(asc(audit.action)),
  ]);
  const names = await namesOf(
    roles,
    actors.map(({ personId }) => personId),
  );
  return {
    people: [...names.values()].sort((a, b) => a.email.localeCompare(b.email)),
    actions: actions.map(({ action }) => action),
  };
}
