import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { isFree } from "./lib/ports.mjs";
import { ensureBuilt, ensureInstalled } from "./lib/prepare.mjs";
import { root } from "./lib/run.mjs";
import { appEnvironment, artifactFolder, seedDemo, startApp, startEmulator } from "./lib/stage.mjs";

/**
 * `npm run demo`: install, build, start the emulator and the app, print the address and a sign-in.
 * Ports: PORT (3000) for the app, EMULATOR_PORT (4010) for the emulator. SCENARIO and SEED choose its data.
 */
async function demo() {
  const port = Number(process.env.PORT ?? 3000);
  const emulatorPort = Number(process.env.EMULATOR_PORT ?? 4010);
  for (const [name, wanted, variable] of [
    ["Watchfloor", port, "PORT"],
    ["The emulator", emulatorPort, "EMULATOR_PORT"],
  ]) {
    if (!(await isFree(wanted)))
      throw new Error(
        `${name} needs port ${wanted}, which is taken. Free it, or set ${variable} to another.`,
      );
  }
  await ensureInstalled();
  await ensureBuilt();

  const logs = artifactFolder("demo");
  const dataDir = join(root, ".demo");
  mkdirSync(dataDir, { recursive: true });
  const env = appEnvironment({ port, dataDir, extra: { COLLECT_EVERY_SECONDS: "15" } });

  const programs = [];
  const stopAll = async () => {
    for (const program of programs.reverse()) await program.stop();
  };
  try {
    const scenario = process.env.SCENARIO ?? "storm";
    const emulator = await startEmulator({
      port: emulatorPort,
      scenario,
      seed: process.env.SEED ?? 7,
      extra: ["--latency-p50", "120", "--latency-p99", "900"],
      logFile: join(logs, "emulator.log"),
    });
    programs.push(emulator);
    await seedDemo({ baseUrl: emulator.baseUrl, env });
    const app = await startApp({ env, logFile: join(logs, "app.log") });
    programs.push(app);
    console.log(`
  Watchfloor is on watch at  ${app.url}

    sign in   admin@demo.test      everything
              manager@demo.test    four customers only
              analyst@demo.test    triage
              viewer@demo.test     reads
              admin@globex.test    another provider, to see isolation
              both@demo.test       analyst of both, to switch between them
    password  watchfloor-demo

  webhooks  a receiver to try them with is at ${emulator.url}/_emulator/receiver

  Upstream is the emulator (scenario "${scenario}") at ${emulator.url}. Logs: .artifacts/demo. Stop with Ctrl+C.
`);
    const signals = new Promise((resolve) => {
      for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => resolve(signal));
    });
    const first = await Promise.race([
      signals,
      emulator.exited.then(() => "The emulator ended; see .artifacts/demo/emulator.log"),
      app.exited.then(() => "Watchfloor ended; see .artifacts/demo/app.log"),
    ]);
    if (typeof first === "string" && first.includes("ended")) throw new Error(first);
  } finally {
    await stopAll();
  }
}

demo().catch((error) => {
  console.error(`The demo did not start: ${error.message}`);
  process.exitCode = 1;
});
