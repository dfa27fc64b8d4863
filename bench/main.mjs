import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../scripts/lib/ports.mjs";
import { ensureBuilt, ensureChromium, ensureInstalled, ensureNginx } from "../scripts/lib/prepare.mjs";
import { appEnvironment, artifactFolder, seedDemo, startApp, startEmulator } from "../scripts/lib/stage.mjs";
import { measureFirstLoad } from "./first-load.mjs";
import { measureProxiedRead } from "./proxied-read.mjs";
import { measureQueue } from "./queue.mjs";
import { measureRegister } from "./register.mjs";
import { measureScrolling } from "./scroll.mjs";
import { signIn } from "./sign-in.mjs";
import { measureStreams } from "./stream.mjs";
import { measureThroughput } from "./throughput.mjs";
import { measureViewers } from "./viewers.mjs";

/**
 * `npm run bench`: our figures beside those of a peer, measured in the same run on the same machine.
 * Ratios count; absolute times belong to the machine. Nothing here fails a build.
 */
function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  for (const row of rows)
    console.log(
      row
        .map((cell, column) => String(cell).padEnd(widths[column]))
        .join("  ")
        .trimEnd(),
    );
}

/** What can be measured, by the name under which it is asked for alone (`npm run bench -- first-load`). */
const measurements = {
  "proxied-read": measureProxiedRead,
  throughput: measureThroughput,
  "first-load": measureFirstLoad,
  scroll: measureScrolling,
  queue: measureQueue,
  register: measureRegister,
  stream: measureStreams,
  viewers: measureViewers,
};
/** Those that run by themselves, when nothing else does any more. */
const alone = ["queue", "register", "stream", "viewers"];
/** Those whose peer is nginx. */
const besideNginx = ["proxied-read", "throughput"];

function wantedOf(names) {
  const unknown = names.filter((name) => !Object.hasOwn(measurements, name));
  if (unknown.length > 0)
    throw new Error(`There is no ${unknown.join(", ")}: choose of ${Object.keys(measurements).join(", ")}.`);
  return names.length === 0 ? Object.keys(measurements) : names;
}

async function main() {
  const wanted = wantedOf(process.argv.slice(2));
  await ensureInstalled();
  await ensureBuilt();
  const nginx = wanted.some((name) => besideNginx.includes(name)) ? await ensureNginx() : null;
  if (nginx === null && wanted.some((name) => besideNginx.includes(name)))
    throw new Error("The benchmark compares with nginx, which cannot be had on this machine: install it.");
  const chromium = await ensureChromium();

  const logs = artifactFolder("bench");
  const dataDir = mkdtempSync(join(tmpdir(), "watchfloor-bench-"));
  mkdirSync(dataDir, { recursive: true });
  const env = appEnvironment({ port: await freePort(), dataDir, extra: { LOG_LEVEL: "info" } });
  const emulator = await startEmulator({
    port: await freePort(),
    scenario: "working-day",
    logFile: join(logs, "emulator.log"),
  });
  const rows = [["what", "ours", "peer", "ratio", "budget"]];
  let app = null;
  try {
    await seedDemo({ baseUrl: emulator.baseUrl, env });
    app = await startApp({ env, logFile: join(logs, "app.log") });
    const cookie = await signIn(app.url, "admin@demo.test", "watchfloor-demo");
    const stage = { app: app.url, cookie, emulator, nginx, chromium, logs, folder: dataDir };
    for (const name of wanted.filter((one) => !alone.includes(one)))
      rows.push(...(await measurements[name](stage)));
  } finally {
    await app?.stop();
    await emulator.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
  for (const name of wanted.filter((one) => alone.includes(one))) rows.push(...(await measurements[name]()));
  console.log(`\nNode ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}\n`);
  table(rows);
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
