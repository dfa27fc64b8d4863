import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { StackKind } from "@/lib/domain/register";

const figures = sql.raw("min(i.created_at) as first_at, max(i.created_at) as latest_at, count(*) as n");
const sums = sql.raw("min(first_at), max(latest_at), sum(n)");

/** Of a column that holds a list. Few sets of values are distinct: taken apart after counting, not before. */
const ofList = (kind: StackKind, column: SQL, where: SQL) => sql`
  select ${sql.raw(`'${kind}'`)} as kind, each collate "C" as value, workspace_id, ${sums}
    from (select ${column} as list, i.workspace_id, ${figures} from register_incidents as i where ${where} group by 1, 2) as sets,
      unnest(list) as each group by 2, 3`;

/**
 * Where values are met among the incidents of a condition: kind, value, customer, creation of the first and the latest incident, and how
 * many. The condition is over `register_incidents as i`.
 */
export const meetings: Record<StackKind, (where: SQL) => SQL> = {
  title: (where) => sql`
    select 'title' as kind, i.title_sort as value, i.workspace_id, ${figures}
      from register_incidents as i where ${where} and i.title_sort is not null group by 2, 3`,
  rule: (where) => ofList("rule", sql`i.rules`, where),
  product: (where) => ofList("product", sql`i.products`, where),
  workspace: (where) => sql`
    select 'workspace' as kind, i.workspace_id as value, i.workspace_id, ${figures}
      from register_incidents as i where ${where} group by 2, 3`,
  entity: (where) => sql`
    select 'entity' as kind, each collate "C" as value, i.workspace_id, ${figures}
      from register_incidents as i join register_rows as held on held.workspace_id = i.workspace_id
        and held.source = i.source and held.incident_id = i.incident_id,
        unnest(held.entity_keys) as each where ${where} group by 2, 3`,
};

/** Incidents of a condition that have no value of the kind, as a number. */
export const without: Record<StackKind, SQL> = {
  title: sql`i.title_sort is null`,
  rule: sql`cardinality(i.rules) = 0`,
  product: sql`cardinality(i.products) = 0`,
  workspace: sql`false`,
  entity: sql`not exists (select from register_rows as held where held.workspace_id = i.workspace_id
    and held.source = i.source and held.incident_id = i.incident_id and cardinality(held.entity_keys) > 0)`,
};
