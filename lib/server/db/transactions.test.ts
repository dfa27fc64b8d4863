import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..", "..", "..");

test("nothing outside lib/server/db opens a transaction or holds the database", () => {
  const offenders: string[] = [];
  for (const folder of ["app", "lib", "components"])
    for (const name of readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })) {
      const path = join(folder, name);
      if (!/\.tsx?$/.test(name) || /\.test\.tsx?$/.test(name) || path.startsWith("lib/server/db/")) continue;
      const code = readFileSync(join(root, path), "utf8");
      // The start-up opens the store; it is the one caller.
      if (/\.transaction\(/.test(code) || (/\bdatabase\(\)/.test(code) && path !== "lib/server/startup.ts"))
        offenders.push(path);
    }
  expect(offenders).toEqual([]);
});
