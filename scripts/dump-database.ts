import { createWriteStream } from "node:fs";
import { parseArgs } from "node:util";
import { sql } from "drizzle-orm";
import { closeDatabase, database } from "@/lib/server/db/database";

/** Writes each row of each table as one JSON line: what a thief of the database would hold. Used by the canary scan. */
async function dump(out: string): Promise<void> {
  const db = await database();
  const stream = createWriteStream(out);
  const tables = (await db.execute(
    sql`select table_schema, table_name from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema') order by 1, 2`,
  )) as unknown as { rows?: Record<string, string>[] } & Record<string, string>[];
  for (const { table_schema: schema, table_name: name } of tables.rows ?? tables) {
    if (schema === undefined || name === undefined) continue;
    const rows = (await db.execute(
      sql`select row_to_json(t) as row from ${sql.identifier(schema)}.${sql.identifier(name)} t`,
    )) as unknown as { rows?: { row: unknown }[] } & { row: unknown }[];
    for (const { row } of rows.rows ?? rows)
      stream.write(`${JSON.stringify({ table: `${schema}.${name}`, row })}\n`);
  }
  await new Promise<void>((resolve) => stream.end(resolve));
  await closeDatabase();
}

const { values } = parseArgs({ options: { out: { type: "string" } } });
if (values.out === undefined) throw new Error("usage: dump-database --out FILE");
await dump(values.out);
