import { randomBytes, randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Failure } from "@/lib/errors";
import {
  type CursorBinding,
  cursorLifetimeMs,
  openCursor,
  type Position,
  scopeFingerprint,
  sealCursor,
} from "./cursor";

const key = randomBytes(32);
const now = Date.UTC(2026, 10, 24, 12);
const binding: CursorBinding = {
  personId: "person-1",
  organisationId: "org-1",
  credentialId: "credential-1",
  filterHash: "f".repeat(64),
};
const position = (over: Partial<Position> = {}): Position => ({
  walkId: randomUUID(),
  step: 3,
  scope: scopeFingerprint("all"),
  expiresAtMs: now + cursorLifetimeMs,
  ...over,
});
const codeOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    if (error instanceof Failure) return error.code;
    throw error;
  }
  return "opened";
};

describe("the sealed cursor", () => {
  it("gives back what was sealed and stays short", () => {
    const anyPosition = fc.record({
      walkId: fc.uuid(),
      step: fc.integer({ min: 0, max: 0xffffffff }),
      scope: fc.constantFrom(scopeFingerprint("all"), scopeFingerprint(new Set(["a", "b"]))),
      expiresAtMs: fc
        .integer({ min: now / 1000 + 1, max: now / 1000 + 1e9 })
        .map((seconds) => seconds * 1000),
    });
    fc.assert(
      fc.property(anyPosition, (sealed) => {
        const cursor = sealCursor(key, binding, sealed);
        expect(cursor.length).toBeLessThan(300);
        expect(openCursor(key, binding, cursor, now)).toEqual(sealed);
      }),
    );
  });

  it("is invalid for another person, organisation, credential, filter or key", () => {
    const cursor = sealCursor(key, binding, position());
    for (const member of ["personId", "organisationId", "credentialId", "filterHash"] as const)
      expect(
        codeOf(() => openCursor(key, { ...binding, [member]: "other" }, cursor, now)),
        member,
      ).toBe("CURSOR_INVALID");
    expect(codeOf(() => openCursor(randomBytes(32), binding, cursor, now))).toBe("CURSOR_INVALID");
  });

  it("cannot be confused by moving text from one bound member to the next", () => {
    const cursor = sealCursor(key, { ...binding, personId: 'a","b', organisationId: "c" }, position());
    expect(
      codeOf(() => openCursor(key, { ...binding, personId: "a", organisationId: 'b","c' }, cursor, now)),
    ).toBe("CURSOR_INVALID");
  });

  it("refuses every change of a single bit", () => {
    const bytes = Buffer.from(sealCursor(key, binding, position()), "base64url");
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(
        codeOf(() => openCursor(key, binding, changed.toString("base64url"), now)),
        `bit ${bit}`,
      ).toBe("CURSOR_INVALID");
    }
  });

  it("refuses any other text, also other spellings of the same bytes", () => {
    const cursor = sealCursor(key, binding, position());
    const spellings = [
      "",
      "null",
      `${cursor}=`,
      ` ${cursor}`,
      cursor.slice(0, -1),
      `${cursor}A`,
      `${cursor}\n`,
    ];
    for (const text of spellings)
      expect(
        codeOf(() => openCursor(key, binding, text, now)),
        text,
      ).toBe("CURSOR_INVALID");
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(codeOf(() => openCursor(key, binding, text, now))).toBe("CURSOR_INVALID");
      }),
    );
  });

  it("expires, and an expired foreign one is still called invalid", () => {
    const cursor = sealCursor(key, binding, position({ expiresAtMs: now }));
    expect(codeOf(() => openCursor(key, binding, cursor, now))).toBe("CURSOR_EXPIRED");
    expect(codeOf(() => openCursor(key, binding, cursor, now - 1000))).toBe("opened");
    expect(codeOf(() => openCursor(key, { ...binding, personId: "other" }, cursor, now))).toBe(
      "CURSOR_INVALID",
    );
  });

  it("tells workspace scopes apart, whatever their order", () => {
    expect(scopeFingerprint(new Set(["a", "b"]))).toBe(scopeFingerprint(new Set(["b", "a"])));
    const different = [
      "all" as const,
      new Set<string>(),
      new Set(["a"]),
      new Set(["all"]),
      new Set(["a", "b"]),
    ];
    expect(new Set(different.map(scopeFingerprint)).size).toBe(different.length);
  });
});
