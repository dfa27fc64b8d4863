import { asc, type SQL, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { type AuditEntry, recordAudit, recordPlatformAudit } from "./record";
import { chainHash, chainStart } from "./chain";
import { AuditHeadError, readHead } from "./head";
import { verifyAudit } from "./verify";
import { database, type Tx } from "@/lib/server/db/database";
import { withOrganisation } from "@/lib/server/db/organisation";
import { withPlatform } from "@/lib/server/db/platform";
import { organisations, platformAudit } from "@/lib/server/db/schema/platform";
import { audit } from "@/lib/server/db/schema/tenant";
import { forEachEngine } from "@/lib/server/db/testing";
import { takeRole } from "@/lib/server/db/transaction";

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
  const verify = (id: string) => withOrganisation(id, (tx) => verifyAudit(tx, id));
  const read = (id: string) => withOrganisation(id, (tx) => tx.select().from(audit).orderBy(asc(audit.seq)));

  test("100 writers at once make one chain without gaps, and each organisation has its own", async () => {
    const writes = Array.from({ length: 100 }, (_, n) =>
      record(entry(n % 2 ? one : two, { requestId: `r-${n}` })),
    );
    await Promise.all(writes);
    for (const id of [one, two]) {
      const rows = await read(id);
      expect(rows.map((row) => row.seq)).toEqual(Array.from({ length: 50 }, (_, n) => n + 1));
      expect(await verify(id)).toMatchObject({ rows: 50, unkeyed: 0, fault: null });
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
    expect(await verify(one)).toMatchObject({ rows: rows.length, fault: null });
    const last = rows.at(-1)!;
    expect(last.action).toContain("whole \u{1f600}");
    expect(last.action).not.toContain("\0");
    expect(JSON.stringify(last.detail)).toContain("\\\\u0000");
  });

  /** As somebody with the whole database, past our role; everything is as before afterwards. */
  async function tampered(statement: SQL, then: (db: Tx) => Promise<void>): Promise<void> {
    const db = await database();
    const undo = new Error("undo");
    await expect(
      db.transaction(async (tx) => {
        await tx.execute(statement);
        await takeRole(tx, "watchfloor_app", two);
        await then(tx);
        throw undo;
      }),
    ).rejects.toBe(undo);
  }

  test("what is done to the tables past us is found, and the first bad row named", async () => {
    for (const [statement, fault] of [
      [sql`update audit set outcome = 'refused' where organisation_id = ${two} and seq = 10`, 10],
      [sql`update audit set at = at + interval '1 second' where organisation_id = ${two} and seq = 11`, 11],
      [sql`delete from audit where organisation_id = ${two} and seq = 12`, 12],
      [sql`delete from audit where organisation_id = ${two} and seq >= 50`, 50],
      [sql`delete from audit where organisation_id = ${two}`, 1],
      [sql`delete from audit_heads where organisation_id = ${two}`, 1],
      [sql`update audit_heads set seq = 49 where organisation_id = ${two}`, 1],
      [sql`update audit_heads set keyed_from = 51 where organisation_id = ${two}`, 1],
      [
        sql`update audit_heads set sealed_key = (select sealed_key from audit_heads where organisation_id = ${one})
            where organisation_id = ${two}`,
        1,
      ],
    ] as const)
      await tampered(statement, async (tx) => {
        expect((await verifyAudit(tx, two)).fault?.seq).toBe(fault);
      });
    expect(await verify(two)).toMatchObject({ rows: 50, fault: null });
  });

  test("after the end was cut off, the next row leaves the gap to be seen", async () => {
    await tampered(sql`delete from audit where organisation_id = ${two} and seq > 45`, async (tx) => {
      await recordAudit(tx, entry(two));
      expect((await verifyAudit(tx, two)).fault).toEqual({ seq: 46, reason: "the row is missing" });
    });
  });

  test("no row is written behind a head that is not ours", async () => {
    await tampered(sql`update audit_heads set seq = 40 where organisation_id = ${two}`, async (tx) => {
      await expect(recordAudit(tx, entry(two))).rejects.toBeInstanceOf(AuditHeadError);
    });
  });

  test("a chain begun before there were heads goes on under a key, and says so", async () => {
    const { id } = (
      await withPlatform((tx) =>
        tx.insert(organisations).values({ slug: "old", name: "Old" }).returning({ id: organisations.id }),
      )
    )[0]!;
    const row = {
      seq: 1,
      at: new Date(),
      organisationId: id,
      personId: null,
      action: "organisation.created",
      permission: null,
      workspaceId: null,
      outcome: "done" as const,
      upstreamRequestId: null,
      requestId: "r",
      detail: {},
    };
    await withOrganisation(id, (tx) =>
      tx.insert(audit).values({ ...row, prevHash: chainStart, hash: chainHash(chainStart, row) }),
    );
    await record(entry(id));
    expect(await verify(id)).toMatchObject({ rows: 2, unkeyed: 1, fault: null });
    expect(await withOrganisation(id, (tx) => readHead(tx, id))).toMatchObject({ seq: 2, keyedFrom: 2 });
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
    expect(await verify(one)).toMatchObject({ rows: rows.length, fault: null });
  });

  test("nobody writes into another organisation's chain", async () => {
    await expect(withOrganisation(one, (tx) => recordAudit(tx, entry(two)))).rejects.toBeInstanceOf(
      AuditHeadError,
    );
    const [foreign] = await read(two);
    await expect(
      withOrganisation(one, (tx) => tx.insert(audit).values({ ...foreign!, seq: 1_000 })),
    ).rejects.toMatchObject({ sqlState: "42501" });
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
