import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { formsOf, scanForCanaries } from "./canary-scan.mjs";

const secrets = [
  { clientId: "11111111-1111-4111-8111-111111111111", secret: "canary-secret-Zq8+/é-0123456789" },
];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "canary-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const scan = (content: string | Buffer) => {
  writeFileSync(join(folder, "file"), content);
  return scanForCanaries({ secrets, places: { here: folder } });
};

describe("the canary scan catches what it is there to catch", () => {
  it("finds each form of the secret and of the Basic pair", () => {
    const pair = `${secrets[0]!.clientId}:${secrets[0]!.secret}`;
    for (const form of [...formsOf(secrets[0]!.secret), ...formsOf(pair)])
      expect(scan(`before ${form} after`).failed).toBe(1);
  });

  it("finds a Basic header and a secret inside any longer base64", () => {
    const pair = Buffer.from(`${secrets[0]!.clientId}:${secrets[0]!.secret}`).toString("base64");
    expect(scan(`authorization: Basic ${pair}`).failed).toBe(1);
    for (const prefix of ["", "x", "xy", "xyz"])
      expect(scan(Buffer.from(`${prefix}${secrets[0]!.secret}tail`).toString("base64")).failed).toBe(1);
  });

  it("passes a file without it, and fails when there was nothing to scan", () => {
    expect(scan("all quiet")).toMatchObject({ passed: 1, failed: 0 });
    expect(scanForCanaries({ secrets, places: { gone: join(folder, "missing") } })).toMatchObject({
      passed: 0,
      failed: 1,
    });
  });
});
