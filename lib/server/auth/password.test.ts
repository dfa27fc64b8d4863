import { describe, expect, test } from "vitest";
import { hashPassword, verifyPassword } from "./password";

describe("passwords", () => {
  test("are argon2id with OWASP's cost and a salt of their own", async () => {
    const [a, b] = [await hashPassword("correct horse battery"), await hashPassword("correct horse battery")];
    expect(a).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22,}\$[\w+/]{43,}$/);
    expect(a).not.toBe(b);
  });

  test("fit their own hash, in each way of typing the same letters", async () => {
    const composed = "caf\u00e9 am Fluss 12";
    const hash = await hashPassword(composed);
    expect(await verifyPassword(hash, composed)).toBe(true);
    expect(await verifyPassword(hash, "cafe\u0301 am Fluss 12")).toBe(true);
    expect(await verifyPassword(hash, "cafe am Fluss 12")).toBe(false);
    expect(await verifyPassword(hash, "")).toBe(false);
  });

  test("of nobody never fit, not even the decoy's", async () => {
    expect(await verifyPassword(null, "")).toBe(false);
    expect(await verifyPassword(null, "correct horse battery")).toBe(false);
  });

  test("beyond the limit are refused without hashing", async () => {
    const hash = await hashPassword("correct horse battery");
    expect(await verifyPassword(hash, "x".repeat(1_025))).toBe(false);
  });
});
