import { randomBytes } from "node:crypto";
import { beforeAll, beforeEach, expect, test } from "vitest";
import type { OpenDatabase } from "@/lib/server/db/engine";
import { withPlatform } from "@/lib/server/db/platform";
import { emptyStore, forEachEngine } from "@/lib/server/db/testing";
import { StartupError } from "@/lib/server/startup-error";
import { hasCanary, proveKeyRing } from "./canary";
import { parseKeyRing } from "./key-ring";

const entry = (id: string) => `${id}:${randomBytes(32).toString("base64")}`;

forEachEngine("SEC-10: the start proves that the keys are the right ones", (open) => {
  let store: OpenDatabase;
  beforeAll(async () => {
    store = await open();
  });
  beforeEach(async () => {
    await emptyStore(store);
  });
  const prove = (text: string) => withPlatform((tx) => proveKeyRing(tx, parseKeyRing(text)));

  test("the first ring is taken, and again at each later start", async () => {
    const key = entry("k1");
    expect(await withPlatform(hasCanary)).toBe(false);
    await prove(key);
    expect(await withPlatform(hasCanary)).toBe(true);
    await prove(key);
  });

  test("a new key in front of the old one is taken; the new one alone is not", async () => {
    const [old, next] = [entry("k1"), entry("k2")];
    await prove(old);
    await prove(`${next},${old}`);
    await expect(prove(next)).rejects.toBeInstanceOf(StartupError);
  });

  test("another key under the same id is refused", async () => {
    await prove(entry("k1"));
    await expect(prove(entry("k1"))).rejects.toThrow(/WATCHFLOOR_KEYS/);
  });
});
