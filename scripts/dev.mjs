import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { ensureInstalled, nextCli } from "./lib/prepare.mjs";
import { root, start } from "./lib/run.mjs";
import { appEnvironment, seedDemo, startEmulator } from "./lib/stage.mjs";

/** `npm run dev`: the emulator and the app with hot reload, on the demo's data. */
async function dev() {
  await ensureInstalled();
  const port = Number(process.env.PORT ?? 3000);
  const dataDir = join(root, ".demo");
  mkdirSync(dataDir, { recursive: true });
  const env = { ...appEnvironment({ port, dataDir }), COLLECT_EVERY_SECONDS: "15", NODE_ENV: "development" };
  const emulator = await startEmulator({
    port: Number(process.env.EMULATOR_PORT ?? 4010),
    scenario: process.env.SCENARIO ?? "storm",
    seed: process.env.SEED ?? 7,
  });
  await seedDemo({ baseUrl: emulator.baseUrl, env });
  const app = start(process.execPath, [nextCli, "dev", "-H", "127.0.0.1", "-p", String(port)], { env });
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void app.stop());
  await app.exited;
  await emulator.stop();
}

dev().catch((error) => {
  console.error(`The development server did not start: ${error.message}`);
  process.exitCode = 1;
});
