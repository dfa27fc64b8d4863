import "server-only";
import { sql } from "drizzle-orm";
import type { IncidentQuery } from "@/lib/domain/incident-query";
import type { HourCounts, HoursAnswer } from "@/lib/domain/register";
import { rowsOf, type Tx } from "@/lib/server/db/database";
import { readBasis } from "./basis";
import { matching } from "./conditions";
import { countMatching } from "./count";
import type { Asker } from "./query";

const hourMs = 3_600_000;

interface HourRow extends Record<string, unknown> {
  readonly hour_ms: string | number;
  readonly severity: string;
  readonly n: number;
  readonly uncertain: number;
}

/** A window with both ends, ISO. */
export type Windowed = IncidentQuery & { readonly from: string; readonly to: string };

const hourOf = (column: string) => sql.raw(`(floor(extract(epoch from ${column}) / 3600) * 3600000)::bigint`);

/**
 * Arrivals and closures per hour of the query's window by severity, among the incidents that its other members choose. A closure counts in the
 * hour of the answer that first showed it; an incident that was closed, opened and closed again counts each time.
 */
export async function countHours(tx: Tx, query: Windowed, { scope, nowMs }: Asker): Promise<HoursAnswer> {
  const arrivals = rowsOf<HourRow>(
    await tx.execute(sql`
      select ${hourOf("i.created_at")} as hour_ms, coalesce(i.severity, '') as severity, count(*)::int as n, 0 as uncertain
        from register_incidents as i where ${matching(query, scope)} group by 1, 2`),
  );
  // The window is that of the closing: what closes now may have been created long ago.
  const whenever = matching({ ...query, from: null, to: null }, scope);
  const closures = rowsOf<HourRow>(
    await tx.execute(sql`
      select ${hourOf("t.seen_before")} as hour_ms, coalesce(i.severity, '') as severity, count(*)::int as n,
          (count(*) filter (where ${hourOf("t.seen_after")} <> ${hourOf("t.seen_before")}))::int as uncertain
        from register_transitions as t
          join register_incidents as i on i.workspace_id = t.workspace_id and i.source = t.source
            and i.incident_id = t.incident_id
        where t.field = 'state' and t.to_value = 'Closed'
          and t.seen_before >= ${query.from}::timestamptz and t.seen_before < ${query.to}::timestamptz
          and ${whenever}
        group by 1, 2`),
  );
  const [before] = rowsOf<{ n: number }>(
    await tx.execute(sql`
      select count(*)::int as n from register_incidents as i
        where ${matching(query, scope)} and (
          select t.to_value from register_transitions as t
            where t.workspace_id = i.workspace_id and t.source = i.source and t.incident_id = i.incident_id
              and t.field = 'arrival' limit 1) = 'Closed'`),
  );
  const { rowsOfPair } = await countMatching(tx, query, scope);
  const { names: _names, ...basis } = await readBasis(tx, query, scope, { nowMs, rowsOfPair });
  return { hours: spread(query, arrivals, closures), closedBeforeSeen: before?.n ?? 0, ...basis };
}

function spread(
  { from, to }: Windowed,
  arrivals: readonly HourRow[],
  closures: readonly HourRow[],
): HourCounts[] {
  const hours: HourCounts[] = [];
  const of = (rows: readonly HourRow[], ms: number) => rows.filter((row) => Number(row.hour_ms) === ms);
  const counts = (rows: readonly HourRow[]) =>
    Object.fromEntries(rows.map(({ severity, n }) => [severity, n]));
  const first = Math.floor(Date.parse(from) / hourMs) * hourMs;
  for (let ms = first; ms < Date.parse(to); ms += hourMs) {
    const closed = of(closures, ms);
    hours.push({
      hour: new Date(ms).toISOString(),
      arrivals: counts(of(arrivals, ms)),
      closures: counts(closed),
      uncertainClosures: closed.reduce((sum, { uncertain }) => sum + uncertain, 0),
    });
  }
  return hours;
}
