import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { WorkspaceScope } from "@/lib/domain/access";
import { fold } from "@/lib/domain/fold";
import { type Facet, facets } from "@/lib/domain/incident-filter";
import { nobody } from "@/lib/domain/incident-filter-facets";
import { parsePins, type Pin, type PinKind } from "@/lib/domain/incident-pin";
import type { FacetChoice, IncidentQuery } from "@/lib/domain/incident-query";
import { storableJson, storableText } from "@/lib/server/db/storable";
import { gone, mostSearched } from "./incident-columns";

/*
 * Conditions over `register_incidents`, called `i` in every statement. What a person may see is one of them, so that nothing is ever
 * counted first and left out afterwards.
 */

const textList = (values: readonly string[]) =>
  sql`array(select jsonb_array_elements_text(${storableJson(values)}::jsonb))`;

/** Only workspaces within the person's sight. */
export function inScope(scope: WorkspaceScope, column: SQL): SQL {
  return scope.kind === "all" ? sql`true` : sql`${column} = any(${textList([...scope.ids])})`;
}

/** A facet of one value each: its column, never null. */
export const single = {
  severity: sql`coalesce(i.severity, '')`,
  status: sql`coalesce(i.state, '')`,
  source: sql`i.source`,
  owner: sql.raw(`coalesce(i.owner, '${nobody}')`),
  workspace: sql`i.workspace_id`,
} satisfies Partial<Record<Facet, SQL>>;

export const several = { tactic: sql`i.tactics`, product: sql`i.products` } satisfies Partial<
  Record<Facet, SQL>
>;

/** Both arms of a facet's choice as conditions; none when nothing is chosen. */
function choiceConditions(facet: Facet, { any, none }: FacetChoice): SQL[] {
  const found: SQL[] = [];
  if (facet === "tactic" || facet === "product") {
    const column = several[facet];
    if (any.length > 0) found.push(sql`${column} && ${textList(any)}`);
    if (none.length > 0) found.push(sql`not (${column} && ${textList(none)})`);
    return found;
  }
  const column = single[facet];
  if (any.length > 0) found.push(sql`${column} = any(${textList(any)})`);
  if (none.length > 0) found.push(sql`${column} <> all(${textList(none)})`);
  // An index of its own serves the open work, which is what most people look at.
  const isOpenWork =
    (any.length > 0 && any.every((value) => value === "New" || value === "Active")) ||
    (none.includes("Closed") && none.includes(gone));
  if (facet === "status" && isOpenWork) found.push(sql`i.is_open`);
  return found;
}

/** The conditions of some of the query's facets, each after an `and`. */
function chosen(query: IncidentQuery, of: readonly Facet[]): SQL {
  const conditions = of.flatMap((facet) => choiceConditions(facet, query.facets[facet]));
  return sql.join(
    conditions.map((condition) => sql` and ${condition}`),
    sql``,
  );
}

const holds = (text: string) =>
  sql`i.search like ${`%${fold(storableText(text)).replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`}`;

/** What is named exactly. An entity's value is in the searched text as well, unless that was cut: so few rows are looked at closely. */
const pinned: Record<PinKind, (value: string) => SQL> = {
  title: (value) => sql`i.title_sort = ${fold(storableText(value))}`,
  rule: (value) => sql`${storableText(value)} = any(i.rules)`,
  entity: (value) => {
    const key = storableText(value.toLowerCase());
    return sql`(${holds(key.slice(key.indexOf(":") + 1))} or octet_length(i.search) >= ${mostSearched}) and exists (
      select from register_rows as held where held.workspace_id = i.workspace_id and held.source = i.source
        and held.incident_id = i.incident_id and ${key} = any(held.entity_keys))`;
  },
};
const pinCondition = ({ kind, value }: Pin) => pinned[kind](value);

/** The query's conditions, but for those of the facet `without`. */
export function matching(query: IncidentQuery, scope: WorkspaceScope, without?: Facet): SQL {
  const conditions = [inScope(scope, sql`i.workspace_id`)];
  if (query.from !== null) conditions.push(sql`i.created_at >= ${query.from}::timestamptz`);
  if (query.to !== null) conditions.push(sql`i.created_at < ${query.to}::timestamptz`);
  const { pins, words } = parsePins(query.text);
  for (const word of words === "" ? [] : words.split(" ")) conditions.push(holds(word));
  conditions.push(...pins.map(pinCondition));
  const counted = facets.filter((facet) => facet !== without);
  return sql`${sql.join(conditions, sql` and `)}${chosen(query, counted)}`;
}
