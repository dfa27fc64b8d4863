import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";

// Each run starts a process and opens a database; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 180_000 });

/** The command as an operator runs it, on an embedded store of its own. */
function rotate(
  dataDir: string,
  args: readonly string[] = [],
  keys?: string,
): Promise<{ code: number; text: string }> {
  const env = { ...process.env, DATA_DIR: dataDir, WATCHFLOOR_KEYS: keys ?? "", LOG_LEVEL: "silent" };
  const program = ["--import", "tsx", "--conditions=react-server", "scripts/vault-rotate.ts", ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, program, { env }, (error, out, err) =>
      resolve({ code: typeof error?.code === "number" ? error.code : 0, text: out + err }),
    );
  });
}

describe("npm run vault:rotate, where the key is kept in the data folder", () => {
  const folder = mkdtempSync(join(tmpdir(), "watchfloor-rotate-"));
  const file = join(folder, "data", "watchfloor-keys");
  const idsOf = () =>
    readFileSync(file, "utf8")
      .trim()
      .split(",")
      .map((entry) => entry.split(":")[0]);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("a new key is made in front of the old one, once, and a file without it refuses the start", async () => {
    const dataDir = join(folder, "data");
    expect(await rotate(dataDir)).toMatchObject({ code: 0 });
    const before = readFileSync(file, "utf8");

    const rotated = await rotate(dataDir, ["--new-key"]);
    expect(rotated.code, rotated.text).toBe(0);
    expect(rotated.text).toContain('brought under the key "embedded-2" now');
    expect(rotated.text).toContain('No sealed value needs "embedded-1" any more');
    expect(idsOf()).toEqual(["embedded-2", "embedded-1"]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const after = readFileSync(file, "utf8");
    for (const entry of after.trim().split(",")) expect(rotated.text).not.toContain(entry.split(":")[1]);

    // Run again, as after a crash between the two steps: no third key, nothing left to do.
    const again = await rotate(dataDir, ["--new-key"]);
    expect(again.text).toContain('0 brought under the key "embedded-2" now');
    expect(idsOf()).toEqual(["embedded-2", "embedded-1"]);

    writeFileSync(file, before);
    const refused = await rotate(dataDir);
    expect(refused.code).toBe(1);
    expect(refused.text).toMatch(/WATCHFLOOR_KEYS does not hold the key/);

    writeFileSync(file, after);
    rmSync(file);
    const missing = await rotate(dataDir);
    expect(missing.code).toBe(1);
    expect(missing.text).toMatch(/missing from the data folder/);
  });

  test("with WATCHFLOOR_KEYS set the list is the operator's: the command makes no key", async () => {
    const keys = `own:${Buffer.alloc(32, 3).toString("base64")}`;
    const refused = await rotate(join(folder, "other"), ["--new-key"], keys);
    expect(refused.code).toBe(1);
    expect(refused.text).toMatch(/put it in front of the list/);
  });
});
