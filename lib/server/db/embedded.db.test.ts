import { randomInt } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { watch } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { StartupError } from "@/lib/server/startup-error";
import { openDatabase } from "./database";
import { type OpenDatabase, rowsOf } from "./engine";
import { startProgram } from "./testing/program";

const writer = join(import.meta.dirname, "testing", "crash-writer.ts");
const opened = (folder: string) => openDatabase({ kind: "embedded", folder });

let base = "";
/** A laid and closed database, to be copied. */
let laid = "";

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), "watchfloor-embedded-"));
  laid = join(base, "laid", "pg");
  await (await opened(laid)).close();
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

function copy(name: string): string {
  const folder = join(base, name, "pg");
  cpSync(laid, folder, { recursive: true });
  return folder;
}

async function settings({ db }: OpenDatabase): Promise<string[]> {
  const rows = rowsOf<{ key: string }>(await db.execute(sql`select key from instance_settings order by key`));
  return rows.map((row) => row.key);
}

describe("HA-06: kill -9 loses no acknowledged write", () => {
  test("killed while writing, at any row, four times over: all acknowledged rows are there, none is half there", async () => {
    const folder = copy("writing");
    const acknowledged: string[] = [];
    for (let round = 0; round < 4; round++) {
      const program = startProgram(writer, [folder, String(round)]);
      // Two lines come before the first row. The row after the named one is under way when the signal falls.
      await program.line(2 + randomInt(60));
      await program.kill();
      acknowledged.push(...program.lines.slice(2));
    }
    const open = await opened(folder);
    const found = new Set(await settings(open));
    await open.close();
    expect(acknowledged.length).toBeGreaterThan(4);
    expect(acknowledged.filter((key) => !found.has(key))).toEqual([]);
    const rows = [...found].filter((key) => !key.endsWith(" twin"));
    expect(rows.filter((key) => !found.has(`${key} twin`))).toEqual([]);
    expect(found.size).toBe(rows.length * 2);
  }, 240_000);

  test("killed while the very first database is laid: the next start works", async () => {
    const folder = join(base, "first-start", "pg");
    mkdirSync(join(base, "first-start"));
    const draft = `${folder}.new`;
    const isLaying = () => existsSync(draft) && readdirSync(draft).length > 3;
    const begun = until(join(base, "first-start"), () => existsSync(draft)).then(() =>
      until(draft, isLaying),
    );
    const program = startProgram(writer, [folder, "0"]);
    await begun;
    await program.kill();
    expect(program.lines).toEqual(["opening"]);
    const open = await opened(folder);
    expect(await settings(open)).toEqual([]);
    await open.close();
  }, 240_000);
});

/** Resolves when the condition holds, asked at each change in the folder. */
async function until(folder: string, condition: () => boolean): Promise<void> {
  const changes = watch(folder);
  if (condition()) return;
  for await (const _change of changes) if (condition()) return;
}

describe("bad data folders end in one sentence", () => {
  const sentenceOf = async (folder: string): Promise<string> => {
    try {
      await (await opened(folder)).close();
    } catch (error) {
      if (error instanceof StartupError) return error.message;
      throw error;
    }
    throw new Error("it opened");
  };

  test("a file where the folder should be", async () => {
    const file = join(base, "file");
    writeFileSync(file, "not a folder");
    expect(await sentenceOf(join(file, "pg"))).toMatch(/DATA_DIR.*cannot be read and written \(E\w+\)/);
  });

  test("a folder that another process has open", async () => {
    const folder = copy("shared");
    const first = await opened(folder);
    expect(await sentenceOf(folder)).toMatch(/DATA_DIR.*in use by another Watchfloor/);
    await first.close();
    await (await opened(folder)).close();
  });

  test("a database of another major version", async () => {
    const folder = copy("version");
    writeFileSync(join(folder, "PG_VERSION"), "16\n");
    expect(await sentenceOf(folder)).toMatch(/PostgreSQL 16.*reads version 18/);
  });

  test("files that are no database are left as they are", async () => {
    const folder = join(base, "other", "pg");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "letter.txt"), "dear all");
    expect(await sentenceOf(folder)).toMatch(/holds files but no database/);
    expect(readdirSync(folder)).toEqual(["letter.txt"]);
  });

  test("a damaged database", async () => {
    const folder = copy("damaged");
    truncateSync(join(folder, "global", "pg_control"), 10);
    expect(await sentenceOf(folder)).toMatch(/cannot be opened.*restore it from a backup/);
  });

  test("a database of a newer Watchfloor", async () => {
    const folder = copy("newer");
    const open = await opened(folder);
    await open.db.execute(
      sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('future', 9999999999999)`,
    );
    await open.close();
    expect(await sentenceOf(folder)).toMatch(/newer version of Watchfloor/);
  });
});
