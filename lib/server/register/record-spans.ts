import "server-only";
import { sql } from "drizzle-orm";
import { mergeSpans, type Span } from "@/lib/domain/spans";
import { rowsOf, type Tx } from "@/lib/server/db/database";
import { ownOrganisation } from "@/lib/server/db/organisation";
import { storableJson } from "@/lib/server/db/storable";

interface Pair {
  readonly workspaceId: string;
  readonly source: string;
}

interface SpanRow extends Record<string, unknown> {
  readonly workspace_id: string;
  readonly source: string;
  readonly from_ms: string | number;
  readonly to_ms: string | number;
}

/** Adds one created-time span (ms) to what is covered of each pair; spans that overlap or touch become one. Within the register's turn. */
export async function addSpan(tx: Tx, pairs: readonly Pair[], span: Span): Promise<void> {
  if (pairs.length === 0 || span.from >= span.to) return;
  const named = storableJson(pairs.map(({ workspaceId, source }) => ({ workspaceId, source })));
  const [from, to] = [new Date(span.from).toISOString(), new Date(span.to).toISOString()];
  const touching = rowsOf<SpanRow>(
    await tx.execute(sql`
      delete from register_spans as held
        using jsonb_to_recordset(${named}::jsonb) as each ("workspaceId" text collate "C", source text collate "C")
        where held.workspace_id = each."workspaceId" and held.source = each.source
          and held.covered_from <= ${to}::timestamptz and held.covered_to >= ${from}::timestamptz
        returning held.workspace_id, held.source, (extract(epoch from held.covered_from) * 1000)::bigint as from_ms,
          (extract(epoch from held.covered_to) * 1000)::bigint as to_ms`),
  );
  const key = (workspaceId: string, source: string) => `${workspaceId} ${source}`;
  const held = new Map<string, Span[]>();
  for (const row of touching) {
    const own = held.get(key(row.workspace_id, row.source)) ?? [];
    own.push({ from: Number(row.from_ms), to: Number(row.to_ms) });
    held.set(key(row.workspace_id, row.source), own);
  }
  const distinct = new Map(pairs.map((pair) => [key(pair.workspaceId, pair.source), pair]));
  const merged = [...distinct].flatMap(([name, { workspaceId, source }]) =>
    mergeSpans([span, ...(held.get(name) ?? [])]).map((each) => ({ workspaceId, source, ...each })),
  );
  await tx.execute(sql`
    insert into register_spans (organisation_id, workspace_id, source, covered_from, covered_to)
    select ${ownOrganisation}, each."workspaceId", each.source, to_timestamp(each."from" / 1000.0),
        to_timestamp(each."to" / 1000.0)
      from jsonb_to_recordset(${storableJson(merged)}::jsonb) as each
        ("workspaceId" text, source text, "from" float8, "to" float8)`);
}
