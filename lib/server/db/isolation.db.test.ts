import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { database, rowsOf } from "@/lib/server/db/database";
import { withOrganisation } from "@/lib/server/db/organisation";
import { withPlatform } from "@/lib/server/db/platform";
import { organisations, workspaces } from "@/lib/server/db/schema";
import { forEachEngine } from "@/lib/server/db/testing";

forEachEngine("isolation", (open) => {
  let one = "";
  let two = "";

  beforeAll(async () => {
    await open();
    [one, two] = await withPlatform(async (tx) => {
      const rows = await tx
        .insert(organisations)
        .values([
          { slug: "one", name: "One" },
          { slug: "two", name: "Two" },
        ])
        .returning();
      return [rows[0]!.id, rows[1]!.id] as const;
    });
    for (const id of [one, two])
      await withOrganisation(id, (tx) =>
        tx
          .insert(workspaces)
          .values({ organisationId: id, workspaceId: `workspace-of-${id}`, learnedFrom: "test" }),
      );
  });

  test("a query without WHERE sees the own organisation only", async () => {
    expect(
      (await withOrganisation(one, (tx) => tx.select().from(workspaces))).map((row) => row.organisationId),
    ).toEqual([one]);
    const db = await database();
    expect(rowsOf(await db.execute(sql`select count(*)::int as n from workspaces`))).toEqual([{ n: 2 }]);
  });
});
