import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { StartupError } from "@/lib/server/startup-error";
import { parseKeyRing } from "./key-ring";

const key = (length = 32) => randomBytes(length).toString("base64");

describe("SEC-10: a missing or short key refuses the start", () => {
  test("the first key is current, the others open only", () => {
    const ring = parseKeyRing(` b:${key()} , a:${key()} `);
    expect(ring.current.id).toBe("b");
    expect([...ring.byId.keys()]).toEqual(["b", "a"]);
    expect(ring.current.bytes).toHaveLength(32);
  });

  test.each([
    ["nothing", ""],
    ["commas only", ",,"],
    ["a key without id", key()],
    ["an empty id", `:${key()}`],
    ["an id with a space", `my key:${key()}`],
    ["a short key", `a:${key(31)}`],
    ["a long key", `a:${key(33)}`],
    ["an empty key", "a:"],
    ["hex instead of base64", `a:${randomBytes(32).toString("hex")}`],
    ["junk in the base64", `a:${key().slice(0, 20)} ${key().slice(20)}`],
    ["the same id twice", `a:${key()},a:${key()}`],
  ])("%s is refused in one sentence that holds no key", (_, text) => {
    let caught: unknown;
    try {
      parseKeyRing(text);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(StartupError);
    const sentence = String(caught);
    expect(sentence).toContain("WATCHFLOOR_KEYS");
    expect(sentence).not.toContain("\n");
    for (const part of text.split(/[:, ]/).filter((piece) => piece.length > 12))
      expect(sentence).not.toContain(part);
  });
});
