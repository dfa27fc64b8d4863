import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { tsx } from "./prepare.mjs";
import { output, root, start, waitFor } from "./run.mjs";

/** The emulator's two service accounts (made up; they open nothing but the emulator). */
export const demoCredentials = {
  main: {
    clientId: "11111111-1111-4111-8111-111111111111",
    secret: "cf-demo-secret-do-not-use-in-production-main-0001",
  },
  globex: {
    clientId: "22222222-2222-4222-8222-222222222222",
    secret: "cf-demo-secret-do-not-use-in-production-globex-0002",
  },
};

/** Starts the emulator and waits until it answers. Returns its base address for the app. */
export async function startEmulator({ port, scenario = "storm", seed = 7, extra = [], logFile }) {
  const args = [
    ...tsx,
    "emulator/main.ts",
    "--port",
    String(port),
    "--scenario",
    scenario,
    "--seed",
    String(seed),
    ...extra,
  ];
  const program = start(process.execPath, args, { logFile });
  const url = `http://127.0.0.1:${port}`;
  await waitFor(`${url}/_emulator/health`, { program, what: "The emulator" });
  return { ...program, url, baseUrl: `${url}/api/v2` };
}

/** Workspace ids of the demo's first organisation, in a stable order, as its service account lists them. */
export async function demoWorkspaces(baseUrl) {
  const { clientId, secret } = demoCredentials.main;
  const answer = await fetch(`${baseUrl}/service-accounts`, {
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString("base64")}` },
  });
  const { data } = await answer.json();
  const account = data.find((candidate) => candidate.id === clientId) ?? data[0];
  return account.workspaceAssignments.map((assignment) => assignment.workspaceId);
}

/** Fills a data folder with the demo's organisations and people. */
export async function seedDemo({ baseUrl, env }) {
  const managers = (await demoWorkspaces(baseUrl)).slice(0, 4).join(",");
  const args = [
    ...tsx,
    "--conditions=react-server",
    "scripts/seed-demo.ts",
    "--base-url",
    baseUrl,
    "--manager-workspaces",
    managers,
  ];
  const result = await output(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (result === null) throw new Error("The demo data could not be written (see above).");
}

/** Environment of an app on a loopback port. */
export function appEnvironment({ port, dataDir, extra = {} }) {
  return {
    PORT: String(port),
    HOSTNAME: "127.0.0.1",
    WATCHFLOOR_URL: `http://127.0.0.1:${port}`,
    DATA_DIR: dataDir,
    // The emulator is on this machine.
    CONTRAFORCE_HOSTS: "*.contraforce.com,127.0.0.1",
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    // Specs and benchmarks count upstream's calls and break them one by one: nobody else may make any.
    COLLECT_EVERY_SECONDS: "0",
    ...extra,
  };
}

/** Starts the built app and waits until it is ready. */
export async function startApp({ env, logFile }) {
  const program = start(process.execPath, ["scripts/start.mjs"], { env, logFile });
  const url = `http://127.0.0.1:${env.PORT}`;
  await waitFor(`${url}/api/health/ready`, { program, what: "Watchfloor" });
  return { ...program, url };
}

/** A folder for what a run leaves behind (logs, screenshots, recorded answers). */
export function artifactFolder(name) {
  const folder = join(root, ".artifacts", name);
  mkdirSync(folder, { recursive: true });
  return folder;
}
