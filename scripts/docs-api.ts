import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { renderAddresses, renderReference } from "./api-reference";

/**
 * `npm run docs:api` writes what is generated from the registry; with `--check` it writes nothing and fails when a
 * file differs from what would be written.
 */
const root = new URL("../", import.meta.url);
const outputs = [
  { path: "docs/api.md", content: renderReference() },
  { path: "lib/contract/addresses.gen.ts", content: renderAddresses() },
];

function current(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

const isCheck = process.argv.includes("--check");
let stale = 0;
for (const { path, content } of outputs) {
  const file = fileURLToPath(new URL(path, root));
  if (current(file) === content) continue;
  stale += 1;
  if (isCheck) {
    console.error(`${path} differs from the registry. Run "npm run docs:api" and commit the result.`);
  } else {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    console.log(`wrote ${path}`);
  }
}
if (isCheck && stale > 0) process.exitCode = 1;
