import { randomBytes, randomInt } from "node:crypto";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { Secret } from "@/lib/server/secret";
import { keyIdOf, open, rewrap, seal, type SealContext, VaultError } from "./envelope";
import { parseKeyRing, type KeyRing } from "./key-ring";

const entry = (id: string) => `${id}:${randomBytes(32).toString("base64")}`;
const [oldKey, newKey] = [entry("2025"), entry("2026")];
const ring = parseKeyRing(newKey);
const firstVersion =
  "AQJ2McHzAiB/ujiyrmdEwmUmJ6JLYCFWS4mxnrg5kaaGaDmGBSsm2sHGrZw2A+rpn5oDvyTjVxVI/1XM+W60btTNPL0H3URp/fDwLgHVS84ge7K2NvTp39pCBfLYLstL6pehpF3paA+2DA==";

function contextOf(row: number): SealContext {
  return {
    table: "connection_credentials",
    rowId: `row-${row}`,
    organisationId: "org-1",
    field: "secret",
    origin: "https://portal.example.com",
  };
}

function isRefused(keys: KeyRing, context: SealContext, record: Uint8Array): boolean {
  try {
    open(keys, context, record);
    return false;
  } catch (error) {
    return error instanceof VaultError;
  }
}

describe("SEC-10: secrets at rest are useless without the key and cannot be moved", () => {
  test.each(["", "x", "cf-secret-ä-日本", "s".repeat(20_000)])(
    "a sealed secret opens in its own place (%#)",
    (text) => {
      expect(open(ring, contextOf(1), seal(ring, contextOf(1), new Secret(text))).reveal()).toBe(text);
    },
  );

  test("any single flipped bit of 10,000 tries is refused", () => {
    const record = seal(ring, contextOf(1), new Secret("correct horse battery staple"));
    const bits = record.length * 8;
    const refused = Array.from({ length: 10_000 }, (_, index) => {
      // Every bit at least once, then random ones.
      const bit = index < bits ? index : randomInt(bits);
      const changed = Buffer.from(record);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      return isRefused(ring, contextOf(1), changed);
    });
    expect(refused.filter(Boolean)).toHaveLength(10_000);
  });

  test("any two of 100 records swapped are refused", () => {
    const records = Array.from({ length: 100 }, (_, row) =>
      seal(ring, contextOf(row), new Secret(`secret ${row}`)),
    );
    let refused = 0;
    for (const [row, record] of records.entries())
      for (let other = 0; other < records.length; other++)
        if (other !== row && isRefused(ring, contextOf(other), record)) refused += 1;
    expect(refused).toBe(100 * 99);
  });

  test.each([
    ["table", { table: "other" }],
    ["row", { rowId: "row-2" }],
    ["organisation", { organisationId: "org-2" }],
    ["field", { field: "other" }],
    ["upstream origin", { origin: "https://portal.example.org" }],
    ["upstream port", { origin: "https://portal.example.com:8443" }],
  ])("a record does not open under another %s", (_, change) => {
    const record = seal(ring, contextOf(1), new Secret("x"));
    expect(isRefused(ring, { ...contextOf(1), ...change }, record)).toBe(true);
  });

  test("members of the place cannot be shifted into each other", () => {
    const record = seal(ring, { ...contextOf(1), table: "ab", rowId: "c" }, new Secret("x"));
    expect(isRefused(ring, { ...contextOf(1), table: "a", rowId: "bc" }, record)).toBe(true);
  });

  test("a cut or empty record is refused, at every length", () => {
    const record = seal(ring, contextOf(1), new Secret("x"));
    const refused = Array.from(record.keys(), (length) =>
      isRefused(ring, contextOf(1), record.subarray(0, length)),
    );
    expect(refused).toEqual(refused.map(() => true));
    expect(refused).toHaveLength(record.length);
  });

  test("parts of two records of the same place cannot be put together", () => {
    const [a, b] = [
      seal(ring, contextOf(1), new Secret("aaaa")),
      seal(ring, contextOf(1), new Secret("bbbb")),
    ];
    const cut = 2 + ring.current.id.length + 12 + 32 + 16;
    expect(isRefused(ring, contextOf(1), Buffer.concat([a.subarray(0, cut), b.subarray(cut)]))).toBe(true);
  });

  test("an older key still opens its records, and a ring without it does not", () => {
    const record = seal(parseKeyRing(oldKey), contextOf(1), new Secret("old"));
    expect(open(parseKeyRing(`${newKey},${oldKey}`), contextOf(1), record).reveal()).toBe("old");
    expect(isRefused(ring, contextOf(1), record)).toBe(true);
  });

  test("two seals of one secret share no bytes beyond the head", () => {
    const [a, b] = [
      seal(ring, contextOf(1), new Secret("same")),
      seal(ring, contextOf(1), new Secret("same")),
    ];
    const head = 2 + ring.current.id.length;
    expect(a.subarray(head).equals(b.subarray(head))).toBe(false);
    expect(a.includes("same")).toBe(false);
  });
});

describe("SEC-11: a record is wrapped under the ring's current key", () => {
  const both = parseKeyRing(`${newKey},${oldKey}`);
  const old = () => seal(parseKeyRing(oldKey), contextOf(1), new Secret("kept"));

  test("it opens under the new key alone, in the same place alone", () => {
    const fresh = rewrap(both, contextOf(1), old())!;
    expect(keyIdOf(fresh)).toBe("2026");
    expect(open(ring, contextOf(1), fresh).reveal()).toBe("kept");
    expect(isRefused(ring, contextOf(2), fresh)).toBe(true);
    expect(rewrap(both, contextOf(1), fresh)).toBeNull();
  });

  test("a record of the first version opens, and is sealed anew when it is wrapped", () => {
    // Made by the code of version 1, with the key of 32 bytes of 7.
    const first = Buffer.from(firstVersion, "base64");
    const keys = parseKeyRing(`${newKey},v1:${Buffer.alloc(32, 7).toString("base64")}`);
    expect(open(keys, contextOf(1), first).reveal()).toBe("from version 1");
    const fresh = rewrap(keys, contextOf(1), first)!;
    expect(fresh[0]).toBe(2);
    expect(open(ring, contextOf(1), fresh).reveal()).toBe("from version 1");
  });

  test("one version is not taken for the other", () => {
    const record = old();
    record[0] = 1;
    expect(isRefused(both, contextOf(1), record)).toBe(true);
  });

  test("a record with one flipped bit gets no fresh wrapping, whichever bit it is", () => {
    const record = old();
    const passed = Array.from({ length: record.length * 8 }, (_, bit) => {
      const changed = Buffer.from(record);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      try {
        rewrap(both, contextOf(1), changed);
        return bit;
      } catch (error) {
        return error instanceof VaultError ? null : bit;
      }
    });
    expect(passed.filter((bit) => bit !== null)).toEqual([]);
  });
});

describe("SEC-01: an opened secret does not print itself", () => {
  test("text, JSON and inspection show a mark instead", () => {
    const secret = open(ring, contextOf(1), seal(ring, contextOf(1), new Secret("canary-value")));
    const shown = [
      String(secret),
      `${secret}`,
      JSON.stringify({ secret }),
      inspect({ deep: { secret } }),
      `${Object.entries(secret)}`,
    ];
    expect(shown.join()).not.toContain("canary-value");
    expect(JSON.stringify({ secret })).toBe('{"secret":"[secret]"}');
  });
});
