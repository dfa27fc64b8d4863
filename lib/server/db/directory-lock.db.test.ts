import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DirectoryLocked, lockDirectory } from "./directory-lock";
import { type Program, startProgram } from "./testing/program";

const contender = join(import.meta.dirname, "testing", "lock-contender.ts");

describe("HA-07: no second process can open the embedded store", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "watchfloor-lock-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test("of 50 attempts at once exactly one wins, round after round", async () => {
    for (let round = 0; round < 20; round++) {
      const results = await Promise.allSettled(Array.from({ length: 50 }, () => lockDirectory(folder)));
      const won = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
      const refusals = results.flatMap((result): unknown[] =>
        result.status === "rejected" ? [result.reason] : [],
      );
      expect(won).toHaveLength(1);
      expect(refusals.filter((error) => error instanceof DirectoryLocked)).toHaveLength(49);
      await won[0]?.release();
    }
  });

  test("of eight processes at once exactly one wins, also when the last holder was killed", async () => {
    const programs = Array.from({ length: 8 }, () => startProgram(contender, [folder]));
    try {
      await Promise.all(programs.map((program) => program.line(0)));
      const alive = new Set<Program>(programs);
      const answers = new Map(programs.map((program) => [program, 1]));
      const ask = async (program: Program, command: string) => {
        const index = answers.get(program) ?? 0;
        answers.set(program, index + 1);
        program.send(command);
        return program.line(index);
      };
      for (let round = 0; round < 12; round++) {
        const results = await Promise.all(
          [...alive].map(async (program) => ({ program, said: await ask(program, "try") })),
        );
        const winners = results.filter(({ said }) => said === "won");
        expect(winners, `round ${round} of ${alive.size}`).toHaveLength(1);
        const [winner] = winners;
        if (!winner) continue;
        // Every other time the holder dies without a word.
        if (round % 2 === 0 && alive.size > 2) {
          alive.delete(winner.program);
          await winner.program.kill();
        } else expect(await ask(winner.program, "release")).toBe("released");
      }
    } finally {
      await Promise.all(programs.map((program) => program.kill()));
    }
  }, 120_000);

  test("a folder reached by another name is the same folder", async () => {
    const alias = `${folder}-alias`;
    symlinkSync(folder, alias);
    const held = await lockDirectory(folder);
    await expect(lockDirectory(alias)).rejects.toBeInstanceOf(DirectoryLocked);
    await held.release();
    rmSync(alias);
  });

  test("a folder whose path is too long for a socket is locked all the same", async () => {
    const deep = join(folder, "a-rather-long-name-for-a-folder/".repeat(5));
    mkdirSync(deep, { recursive: true });
    const held = await lockDirectory(deep);
    await expect(lockDirectory(deep)).rejects.toBeInstanceOf(DirectoryLocked);
    await held.release();
    await (await lockDirectory(deep)).release();
  });

  test("two folders do not disturb each other", async () => {
    const other = mkdtempSync(join(tmpdir(), "watchfloor-lock-"));
    const held = [await lockDirectory(folder), await lockDirectory(other)];
    for (const lock of held) await lock.release();
    rmSync(other, { recursive: true });
  });

  test("traces of earlier holders do not pile up", async () => {
    for (let round = 0; round < 30; round++) await (await lockDirectory(folder)).release();
    expect(readdirSync(folder)).toEqual(["store.lock.30"]);
  });

  test("a folder that is not there is a fault, not a lock", async () => {
    await expect(lockDirectory(join(folder, "missing"))).rejects.toMatchObject({ code: "ENOENT" });
  });
});
