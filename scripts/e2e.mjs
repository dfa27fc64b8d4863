import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { scanForCanaries } from "./lib/canary-scan.mjs";
import { freePort } from "./lib/ports.mjs";
import {
  ensureBuilt,
  ensureChromium,
  ensureInstalled,
  ensureNginx,
  ensureVarnish,
  tsx,
} from "./lib/prepare.mjs";
import { exitCode, root } from "./lib/run.mjs";
import { appEnvironment, demoCredentials, seedDemo, startApp, startEmulator } from "./lib/stage.mjs";

/**
 * `npm run e2e [-- names of specs, or playwright arguments]`: the built app and the emulator on free loopback ports and a data folder of their own,
 * Playwright over them, then the canary scan over everything they left behind.
 */
const args = process.argv.slice(2).map(specNamed);
const reportAt = args.includes("--report") ? args.splice(args.indexOf("--report"), 2)[1] : null;

/**
 * The file of a spec that is named alone (`npm run e2e -- incidents`). Playwright would match the bare word anywhere in the path,
 * the folder that holds the project included.
 */
function specNamed(arg) {
  const file = join("e2e", `${arg}.spec.ts`);
  return /^[\w-]+$/.test(arg) && existsSync(join(root, file)) ? file : arg;
}

async function dumpDatabase(dataDir, into) {
  const code = await exitCode(
    process.execPath,
    [...tsx, "--conditions=react-server", "scripts/dump-database.ts", "--out", into],
    { env: { ...process.env, DATA_DIR: dataDir } },
  );
  if (code !== 0) throw new Error("The database could not be dumped for the canary scan.");
}

async function main() {
  await ensureInstalled();
  const chromium = await ensureChromium();
  const varnish = await ensureVarnish();
  if (!varnish && process.env.CI)
    throw new Error("The browser tests need Varnish here, and it cannot be had.");
  const nginx = await ensureNginx();
  if (!nginx && process.env.CI) throw new Error("The browser tests need nginx here, and it cannot be had.");
  await ensureBuilt();

  const artifacts = join(root, ".artifacts", "e2e");
  rmSync(artifacts, { recursive: true, force: true });
  mkdirSync(join(artifacts, "answers"), { recursive: true });
  const dataDir = mkdtempSync(join(tmpdir(), "watchfloor-e2e-"));
  const logs = { app: join(artifacts, "app.log"), emulator: join(artifacts, "emulator.log") };
  const env = appEnvironment({ port: await freePort(), dataDir });

  const emulator = await startEmulator({
    port: await freePort(),
    scenario: "storm",
    seed: 7,
    logFile: logs.emulator,
  });
  let app = null;
  let counts = { passed: 0, failed: 1 };
  try {
    await seedDemo({ baseUrl: emulator.baseUrl, env });
    app = await startApp({ env, logFile: logs.app });
    const playwright = join(root, "node_modules", "@playwright", "test", "cli.js");
    const report = join(artifacts, "playwright.json");
    const code = await exitCode(process.execPath, [playwright, "test", ...args], {
      env: {
        ...process.env,
        CHROMIUM_PATH: chromium,
        VARNISH_PATH: varnish ?? "",
        NGINX_PATH: nginx ?? "",
        BASE_URL: app.url,
        EMULATOR_URL: emulator.url,
        PLAYWRIGHT_JSON_OUTPUT_NAME: report,
      },
    });
    const stats = existsSync(report) ? JSON.parse(readFileSync(report, "utf8")).stats : null;
    counts = stats
      ? {
          passed: stats.expected,
          failed:
            stats.unexpected + stats.flaky + (code !== 0 && stats.unexpected + stats.flaky === 0 ? 1 : 0),
        }
      : { passed: 0, failed: 1 };
    const exit = await app.stop();
    if (exit.code !== 0) {
      console.error(`Watchfloor did not end cleanly on SIGTERM (code ${exit.code ?? exit.signal}).`);
      counts.failed += 1;
    } else counts.passed += 1;
  } finally {
    await app?.stop();
    await emulator.stop();
  }

  if (args.length === 0) {
    const dump = join(artifacts, "database.jsonl");
    await dumpDatabase(dataDir, dump);
    const secrets = Object.values(demoCredentials).map(({ clientId, secret }) => ({ clientId, secret }));
    const scan = scanForCanaries({
      secrets,
      places: {
        "recorded answers": join(artifacts, "answers"),
        "browser chunks": join(root, ".next", "static"),
        "app log": logs.app,
        "database dump": dump,
        "data folder": join(dataDir, "pg"),
      },
    });
    for (const line of scan.lines) console.log(line);
    counts.passed += scan.passed;
    counts.failed += scan.failed;
  }
  rmSync(dataDir, { recursive: true, force: true });
  if (reportAt) writeFileSync(reportAt, JSON.stringify(counts));
  if (counts.failed > 0) process.exitCode = 1;
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
