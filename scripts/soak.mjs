import { randomInt } from "node:crypto";
import { join } from "node:path";
import { ensureInstalled } from "./lib/prepare.mjs";
import { exitCode, root } from "./lib/run.mjs";

/**
 * `npm run soak [-- seed [sets]]`: what the gate does with a fixed seed, with a seed of its own and for longer. The seed is printed first, so
 * that a finding can be had again.
 */
const [seed = String(randomInt(2 ** 31)), sets = "100000"] = process.argv.slice(2);

async function main() {
  await ensureInstalled();
  console.log(`${sets} hostile sets per operation, seed ${seed}`);
  const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
  const args = [vitest, "run", "--project", "unit", "lib/server/proxy/hostile-sets.test.ts"];
  process.exitCode = await exitCode(process.execPath, args, {
    env: { ...process.env, HOSTILE_SEED: seed, HOSTILE_SETS: sets },
  });
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
