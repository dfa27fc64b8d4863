import { beforeAll, expect, test } from "vitest";
import { recordAudit } from "./record";
import { noteCheckpoints, readCheckpoints } from "./checkpoint";
import { verifyAudit } from "./verify";
import { withOrganisation } from "@/lib/server/db/organisation";
import { withPlatform } from "@/lib/server/db/platform";
import { organisations } from "@/lib/server/db/schema/platform";
import { forEachEngine } from "@/lib/server/db/testing";

forEachEngine("SEC-12: checkpoints", (open) => {
  let id = "";
  beforeAll(async () => {
    await open();
    const rows = await withPlatform((tx) =>
      tx.insert(organisations).values({ slug: "one", name: "One" }).returning({ id: organisations.id }),
    );
    id = rows[0]!.id;
  });

  test("the end of a chain is noted once, in a line that the verification reads, and holds against it", async () => {
    const entry = {
      organisationId: id,
      personId: null,
      action: "tickets.link",
      permission: null,
      workspaceId: null,
      outcome: "done" as const,
      upstreamRequestId: null,
      requestId: "r",
      detail: {},
    };
    const lines: string[] = [];
    const out = {
      info: (bindings: object, msg: string) => {
        lines.push(JSON.stringify({ level: "info", ...bindings, msg }));
      },
    };
    const noted = new Map<string, number>();
    await noteCheckpoints(noted, out as Parameters<typeof noteCheckpoints>[1]);
    expect(lines).toEqual([]);
    await withOrganisation(id, (tx) => recordAudit(tx, entry));
    await noteCheckpoints(noted, out as Parameters<typeof noteCheckpoints>[1]);
    await noteCheckpoints(noted, out as Parameters<typeof noteCheckpoints>[1]);
    await withOrganisation(id, (tx) => recordAudit(tx, entry));
    await noteCheckpoints(noted, out as Parameters<typeof noteCheckpoints>[1]);
    const read = readCheckpoints(["{half a line audit checkpoint", ...lines, '{"msg":"ready"}'].join("\n"));
    expect(read.map(({ organisation, seq }) => [organisation, seq])).toEqual([
      [id, 1],
      [id, 2],
    ]);
    const verify = (notes: typeof read) => withOrganisation(id, (tx) => verifyAudit(tx, id, notes));
    expect(await verify(read)).toMatchObject({ rows: 2, fault: null });
    const later = { organisation: id, seq: 3, hash: "00" };
    expect((await verify([...read, later])).fault).toEqual({
      seq: 3,
      reason: "a checkpoint names rows that are gone",
    });
  });
});
