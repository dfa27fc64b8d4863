import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { StartupError } from "@/lib/server/startup-error";
import { readOrMakeSecretFile } from "./secret-file";

describe("secrets that are kept in the data folder", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "watchfloor-secret-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test("are made once, readable by this user only, and found again", () => {
    const path = join(folder, "new", "key");
    expect(readOrMakeSecretFile(path, () => "made")).toBe("made");
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, "new")).mode & 0o777).toBe(0o700);
    expect(readOrMakeSecretFile(path, () => "made anew")).toBe("made");
    expect(readdirSync(join(folder, "new"))).toEqual(["key"]);
  });

  test("made by another process in the same moment: its secret counts", () => {
    const path = join(folder, "key");
    const text = readOrMakeSecretFile(path, () => {
      writeFileSync(path, "the other's\n");
      return "mine";
    });
    expect(text).toBe("the other's");
    expect(readdirSync(folder)).toEqual(["key"]);
  });

  test("that cannot be made or read end in one sentence", () => {
    const file = join(folder, "file");
    writeFileSync(file, "x");
    chmodSync(file, 0o600);
    expect(() => readOrMakeSecretFile(join(file, "key"), () => "x")).toThrow(StartupError);
    expect(() => readOrMakeSecretFile(folder, () => "x")).toThrow(/cannot be read \(EISDIR\)/);
    expect(readFileSync(file, "utf8")).toBe("x");
  });
});
