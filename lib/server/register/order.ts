import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Place } from "@/lib/domain/incident-query";
import type { Sort, SortColumn } from "@/lib/domain/incident-view";
import { storableText } from "@/lib/server/db/storable";

/** What each column compares, as `lib/domain/incident-sort` does. Null is "unknown" and comes last in either direction. */
const columns: Record<SortColumn, SQL> = {
  severity: sql`i.severity_rank`,
  workspace: sql`i.workspace_sort`,
  title: sql`i.title_sort`,
  number: sql`i.number`,
  source: sql`lower(i.source)`,
  status: sql`case i.state when 'New' then 1 when 'Active' then 2 when 'Closed' then 3 else 9 end`,
  owner: sql`i.owner_sort`,
  age: sql`i.created_at`,
  alerts: sql`i.alerts`,
  tactics: sql`nullif(lower(array_to_string(i.tactics, ' ')), '') collate "C"`,
  changed: sql`i.modified_at`,
};

const casts: Partial<Record<SortColumn, SQL>> = {
  severity: sql`::smallint`,
  status: sql`::int`,
  number: sql`::float8`,
  alerts: sql`::float8`,
  age: sql`::timestamptz`,
  changed: sql`::timestamptz`,
};

/** The value of a row that its place in this order begins with. */
export const sortValue = ({ column }: Sort): SQL => columns[column];

/** An older creation is a greater age. */
const isDescending = ({ column, descending }: Sort) => descending !== (column === "age");

interface Term {
  readonly expression: SQL;
  readonly descending: boolean;
  readonly value: SQL | null;
}

function termsOf(sort: Sort, place: Place | null): readonly Term[] {
  const cast = casts[sort.column] ?? sql``;
  const value = place?.value ?? null;
  const usable = typeof value === "string" ? storableText(value) : value;
  const first = {
    expression: columns[sort.column],
    descending: isDescending(sort),
    value: usable === null ? null : sql`${String(usable)}${cast.queryChunks.length > 0 ? cast : sql`::text`}`,
  };
  if (sort.column === "changed") return [first];
  const modifiedAt = place?.modifiedAt ?? null;
  return [
    first,
    {
      expression: columns.changed,
      descending: true,
      value: modifiedAt === null ? null : sql`${modifiedAt}::timestamptz`,
    },
  ];
}

const key = sql`i.workspace_id, i.source, i.incident_id`;

/** The total order of a sort: ties go to the newest change, then to the key, so that a row has exactly one place. */
export function orderBy(sort: Sort): SQL {
  const terms = termsOf(sort, null).map(
    ({ expression, descending }) => sql`${expression} ${sql.raw(descending ? "desc" : "asc")} nulls last`,
  );
  return sql.join([...terms, key], sql`, `);
}

/** Rows that come after a place in this order, whether or not the row that it was taken from is still there. */
export function comesAfter(sort: Sort, place: Place): SQL {
  const { workspaceId, source, incidentId } = place;
  const last = [workspaceId, source, incidentId].map((part) => sql`${storableText(part)}::text collate "C"`);
  let condition: SQL = sql`(${key}) > (${sql.join(last, sql`, `)})`;
  for (const { expression, descending, value } of [...termsOf(sort, place)].reverse()) {
    if (value === null) condition = sql`(${expression} is null and ${condition})`;
    else {
      const isLater = sql.raw(descending ? "<" : ">");
      condition = sql`(${expression} ${isLater} ${value} or ${expression} is null
        or (${expression} = ${value} and ${condition}))`;
    }
  }
  return condition;
}
