import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SealedTokens } from "./sealed-token";

describe("sealed tokens", () => {
  const tokens = new SealedTokens(7);

  it("open to what was sealed, for the same purpose and seed only", () => {
    fc.assert(
      fc.property(
        fc.jsonValue().filter((value) => value !== null),
        (value) => {
          const token = tokens.seal("walk", value);
          const plain = JSON.parse(JSON.stringify(value)) as unknown;
          expect(tokens.open("walk", token)).toEqual(plain);
          expect(new SealedTokens(7).open("walk", token)).toEqual(plain);
          expect(tokens.open("log", token)).toBeNull();
          expect(new SealedTokens(8).open("walk", token)).toBeNull();
        },
      ),
      { seed: 7, numRuns: 50 },
    );
  });

  it("are the same for the same value, and show nothing of it", () => {
    const token = tokens.seal("walk", ["Sentinel", 1]);
    expect(tokens.seal("walk", ["Sentinel", 1])).toBe(token);
    expect(Buffer.from(token, "base64").toString("latin1")).not.toContain("Sentinel");
  });

  it.each(["", "A", "not base64 at all!", "AAAA".repeat(20)])("do not open: %j", (text) => {
    expect(tokens.open("walk", text)).toBeNull();
  });
});
