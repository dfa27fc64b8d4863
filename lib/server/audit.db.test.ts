import { asc, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { type AuditEntry, recordAudit, recordPlatformAudit } from "./audit";
import { chainHash, chainStart } from "./audit-chain";
import { database } from "./db/database";
import { withOrganisation } from "./db/organisation";
import { withPlatform } from "./db/platform";
import { audit, organisations, platformAudit } from "./db/schema";
import { forEachEngine } from "./db/testing";

type Row = typeof audit.$inferSelect;

/** Sequence number of the first row that does not follow the one before; null when the chain is whole. */
function firstBroken(rows: readonly Row[]): number | null {
  let previous: Uint8Array = chainStart;
  for (const [index, { hash, prevHash, ...row }] of rows.entries()) {
    const isWhole =
      row.seq === index + 1 && prevHash.equals(previous) && hash.equals(chainHash(previous, row));
    if (!isWhole) return row.seq;
    previous = hash;
  }
  return null;
}

forEachEngine("SEC-12: the audit", (open) => {
  let one = "";
  let two = "";

  beforeAll(async () => {
    await open();
    const rows = await withPlatform((tx) =>
      tx
        .insert(organisations)
        .values([
          { slug: "one", name: "One" },
          { slug: "two", name: "Two" },
        ])
        .returning({ id: organisations.id }),
    );
    [one, two] = [rows[0]!.id, rows[1]!.id];
  });

  const entry = (organisationId: string, change: Partial<AuditEntry> = {}): AuditEntry => ({
    organisationId,
    personId: null,
    action: "tickets.link",
    permission: "tickets:manage",
    workspaceId: "aaaaaaaa-0000-4000-8000-000000000001",
    outcome: "done",
    upstreamRequestId: "0HN8Q3V0001",
    requestId: "r-1",
    detail: { b: [1, 2.5, null, true], a: { z: "ä", y: {} } },
    ...change,
  });
  const record = (given: AuditEntry) =>
    withOrganisation(given.organisationId, (tx) => recordAudit(tx, given));
  const read = (id: string) => withOrganisation(id, (tx) => tx.select().from(audit).orderBy(asc(audit.seq)));

  test("100 writers at once make one chain without gaps, and each organisation has its own", async () => {
    const writes = Array.from({ length: 100 }, (_, n) =>
      record(entry(n % 2 ? one : two, { requestId: `r-${n}` })),
    );
    await Promise.all(writes);
    for (const id of [one, two]) {
      const rows = await read(id);
      expect(rows.map((row) => row.seq)).toEqual(Array.from({ length: 50 }, (_, n) => n + 1));
      expect(firstBroken(rows)).toBeNull();
    }
  });

  test("what was stored is what was hashed, however odd the text", async () => {
    const odd =
      'NUL \0, half \ud800 pair \udc00, whole \u{1f600}, quote " \\u0000 \\ud800 back \\ slash, line\n\u2028';
    await record(
      entry(one, {
        action: odd,
        requestId: odd,
        upstreamRequestId: odd,
        detail: { [odd]: [odd, { deep: odd }], n: 1e21, gone: undefined },
      }),
    );
    const rows = await read(one);
    expect(firstBroken(rows)).toBeNull();
    const last = rows.at(-1)!;
    expect(last.action).toContain("whole \u{1f600}");
    expect(last.action).not.toContain("\0");
    expect(JSON.stringify(last.detail)).toContain("\\\\u0000");
  });

  test("any change, gap, exchange or recomputed single row is found, and named", async () => {
    const rows = await read(two);
    const edit = (n: number, change: Partial<Row>) =>
      rows.map((row, index) => (index === n ? { ...row, ...change } : row));
    expect(firstBroken(edit(9, { outcome: "refused" }))).toBe(10);
    expect(firstBroken(edit(9, { detail: {} }))).toBe(10);
    expect(firstBroken(edit(9, { personId: "5f0c3a52-6a4c-4e55-9b0e-4a3f6c2f4c11" }))).toBe(10);
    expect(firstBroken(edit(9, { at: new Date(0) }))).toBe(10);
    expect(firstBroken(rows.filter((_, index) => index !== 9))).toBe(11);
    expect(firstBroken([...rows.slice(0, 9), rows[10]!, rows[9]!, ...rows.slice(11)])).toBe(11);
    const forged = { ...rows[9]!, action: "nothing" };
    const { hash: _hash, prevHash, ...body } = forged;
    expect(firstBroken(edit(9, { action: "nothing", hash: chainHash(prevHash, body) }))).toBe(11);
  });

  test("the app's role can neither change nor delete a row", async () => {
    for (const statement of [
      sql`update audit set outcome = 'refused'`,
      sql`delete from audit`,
      sql`truncate audit`,
    ])
      await expect(withOrganisation(one, (tx) => tx.execute(statement))).rejects.toMatchObject({
        sqlState: "42501",
      });
    await expect(withPlatform((tx) => tx.execute(sql`delete from platform_audit`))).rejects.toMatchObject({
      sqlState: "42501",
    });
  });

  test("an act that is rolled back takes its row along, and leaves no gap", async () => {
    const before = await read(one);
    await expect(
      withOrganisation(one, async (tx) => {
        await recordAudit(tx, entry(one));
        throw new Error("it did not happen");
      }),
    ).rejects.toThrow("it did not happen");
    await record(entry(one));
    const rows = await read(one);
    expect(rows).toHaveLength(before.length + 1);
    expect(firstBroken(rows)).toBeNull();
  });

  test("nobody writes into another organisation's chain", async () => {
    await expect(withOrganisation(one, (tx) => recordAudit(tx, entry(two)))).rejects.toMatchObject({
      sqlState: "42501",
    });
  });

  test("an organisation cannot be deleted together with its audit", async () => {
    const db = await database();
    await expect(db.execute(sql`delete from organisations where id = ${one}`)).rejects.toThrow();
  });

  test("what concerns no organisation has a chain of its own", async () => {
    const { organisationId: _id, ...rest } = entry(one);
    await Promise.all([1, 2, 3].map(() => withPlatform((tx) => recordPlatformAudit(tx, rest))));
    const rows = await withPlatform((tx) => tx.select().from(platformAudit).orderBy(asc(platformAudit.seq)));
    let previous: Uint8Array = chainStart;
    for (const { hash, prevHash, ...row } of rows) {
      expect(prevHash.equals(previous)).toBe(true);
      expect(hash.equals(chainHash(previous, { ...row, organisationId: null }))).toBe(true);
      previous = hash;
    }
    expect(rows.map((row) => row.seq)).toEqual([1, 2, 3]);
  });
});
