import { randomBytes } from "node:crypto";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { credentialPlace, saveConnection } from "@/lib/server/connection/connection";
import type { OpenDatabase } from "@/lib/server/db/engine";
import { withOrganisation } from "@/lib/server/db/organisation";
import { withPlatform } from "@/lib/server/db/platform";
import { organisations } from "@/lib/server/db/schema/platform";
import { connectionCredentials, connections } from "@/lib/server/db/schema/tenant";
import { emptyStore, forEachEngine } from "@/lib/server/db/testing";
import { Secret } from "@/lib/server/secret";
import { StartupError } from "@/lib/server/startup-error";
import { proveKeyRing } from "./canary";
import { keyIdOf, open as openRecord } from "./envelope";
import { type KeyRing, parseKeyRing } from "./key-ring";
import { keyRing } from "./keys";
import { rotateVault } from "./rotate";

const newKey = `new:${randomBytes(32).toString("base64")}`;
const textOf = (ring: KeyRing) => `${ring.current.id}:${ring.current.bytes.toString("base64")}`;
const baseUrl = "https://portal.example.com/api/v2";

forEachEngine("SEC-11: the key ring is rotated", (open) => {
  let store: OpenDatabase;
  let both: KeyRing;
  let ids: string[] = [];
  beforeAll(async () => {
    store = await open();
  });
  beforeEach(async () => {
    await emptyStore(store);
    both = parseKeyRing(`${newKey},${textOf(keyRing())}`);
    await withPlatform((tx) => proveKeyRing(tx, keyRing()));
    const rows = await withPlatform((tx) =>
      tx
        .insert(organisations)
        .values(["a", "b", "c"].map((slug) => ({ slug, name: slug })))
        .returning({ id: organisations.id }),
    );
    ids = rows.map(({ id }) => id);
    for (const id of ids)
      await withOrganisation(id, (tx) =>
        saveConnection(tx, id, { baseUrl, clientId: "c", clientSecret: new Secret(`secret of ${id}`) }),
      );
  });

  const stored = async (id: string) => {
    const [row] = await withOrganisation(id, (tx) => tx.select().from(connectionCredentials));
    return row!;
  };
  const reveal = async (ring: KeyRing, id: string) => {
    const row = await stored(id);
    return openRecord(ring, credentialPlace(id, row.id, baseUrl), row.sealedSecret).reveal();
  };

  test("every secret opens under the new key alone afterwards, and the old key is needed by none", async () => {
    const report = await rotateVault(both);
    expect(report).toEqual({
      rewrapped: 4,
      total: 4,
      unopenable: [],
      unusedKeys: [keyRing().current.id],
    });
    const alone = parseKeyRing(newKey);
    for (const id of ids) expect(await reveal(alone, id)).toBe(`secret of ${id}`);
    await withPlatform((tx) => proveKeyRing(tx, alone));
  });

  test("only the wrapping of a secret changes, so the secret itself never leaves its seal", async () => {
    const before = await stored(ids[0]!);
    await rotateVault(both);
    const after = await stored(ids[0]!);
    const value = (record: Buffer) => record.subarray(2 + keyIdOf(record).length + 60);
    expect(keyIdOf(after.sealedSecret)).toBe("new");
    expect(value(after.sealedSecret).equals(value(before.sealedSecret))).toBe(true);
  });

  test("broken off between two organisations it goes on where it stopped, and a second run changes nothing", async () => {
    // What a run leaves that dies after the first organisation: one under the new key, the others under the old one.
    const [first, ...rest] = ids;
    const old = await Promise.all(rest.map(stored));
    await rotateVault(both);
    for (const [index, id] of rest.entries())
      await withOrganisation(id, (tx) =>
        tx.update(connectionCredentials).set({ sealedSecret: old[index]!.sealedSecret }),
      );
    for (const id of ids) expect(await reveal(both, id)).toBe(`secret of ${id}`);
    expect(await rotateVault(both)).toMatchObject({ rewrapped: 2, unopenable: [] });
    expect(await reveal(parseKeyRing(newKey), first!)).toBe(`secret of ${first}`);
    expect(await rotateVault(both)).toMatchObject({ rewrapped: 0, total: 4 });
  });

  test("a secret whose base address was changed behind our back is named, left as it is, and holds nothing up", async () => {
    const moved = ids[1]!;
    await withOrganisation(moved, (tx) => tx.update(connections).set({ baseUrl: "https://evil.example" }));
    const before = await stored(moved);
    const report = await rotateVault(both);
    expect(report).toMatchObject({ rewrapped: 3, unopenable: ["b"], unusedKeys: [] });
    expect((await stored(moved)).sealedSecret.equals(before.sealedSecret)).toBe(true);
  });

  test("a ring that is not this database's changes nothing", async () => {
    const before = await stored(ids[0]!);
    await expect(rotateVault(parseKeyRing(newKey))).rejects.toBeInstanceOf(StartupError);
    expect((await stored(ids[0]!)).sealedSecret.equals(before.sealedSecret)).toBe(true);
  });
});
