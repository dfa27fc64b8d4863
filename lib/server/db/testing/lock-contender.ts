import { createInterface } from "node:readline";
import { type DirectoryLock, DirectoryLocked, lockDirectory } from "@/lib/server/db/directory-lock";

/**
 * A process of its own for the lock tests. Reads commands, one a line, and answers each with one: `try` → `won` or `lost`,
 * `release` → `released`.
 */
const [folder = ""] = process.argv.slice(2);
const locks: DirectoryLock[] = [];

async function attempt(): Promise<string> {
  try {
    locks.push(await lockDirectory(folder));
    return "won";
  } catch (error) {
    if (error instanceof DirectoryLocked) return "lost";
    throw error;
  }
}

process.stdout.write("ready\n");
for await (const line of createInterface({ input: process.stdin })) {
  if (line === "try") process.stdout.write(`${await attempt()}\n`);
  if (line === "release") {
    await locks.pop()?.release();
    process.stdout.write("released\n");
  }
}
