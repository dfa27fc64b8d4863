import { randomInt } from "node:crypto";
import { join } from "node:path";
import { ensureInstalled } from "./lib/prepare.mjs";
import { exitCode, root } from "./lib/run.mjs";

/**
 * `npm run soak [-- seed [sets [days]]]`: what the gate does with a fixed seed, with a seed of its own and for longer. The seed is printed first,
 * so that a finding can be had again.
 */
const [seed = String(randomInt(2 ** 31)), sets = "100000", days = "20"] = process.argv.slice(2);

async function main() {
  await ensureInstalled();
  console.log(`${sets} hostile sets per operation and ${days} simulated days of the collector, seed ${seed}`);
  const run = (project, file, env) =>
    exitCode(
      process.execPath,
      [join(root, "node_modules", "vitest", "vitest.mjs"), "run", "--project", project, file],
      { env: { ...process.env, ...env } },
    );
  const codes = [
    await run("unit", "lib/server/proxy/hostile-sets.test.ts", { HOSTILE_SEED: seed, HOSTILE_SETS: sets }),
    await run("database", "lib/server/collector/simulated-day.db.test.ts", {
      COLLECTOR_SEED: seed,
      COLLECTOR_DAYS: days,
    }),
  ];
  process.exitCode = codes.find((code) => code !== 0) ?? 0;
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
