import { chromium as driver } from "@playwright/test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../scripts/lib/ports.mjs";
import { ensureChromium } from "../scripts/lib/prepare.mjs";
import { appEnvironment, artifactFolder, seedDemo, startApp, startEmulator } from "../scripts/lib/stage.mjs";
import { browserCookies, signIn } from "./sign-in.mjs";
import { untilFilled } from "./collector.mjs";
import { freeze, setLatency } from "./emulator.mjs";
import { percentile } from "./timing.mjs";

/** Of each call upstream, in milliseconds. */
const latencyMs = 50;
const rounds = 5;

/** From a click on the way to the queue until it says that it holds every row. Milliseconds, and how many rows those are. */
async function openQueue(context, url) {
  const page = await context.newPage();
  await page.goto(`${url}/main/gamebooks`);
  await page.getByRole("link", { name: "Incidents" }).first().waitFor();
  const started = Date.now();
  await page.getByRole("link", { name: "Incidents" }).first().click();
  const grid = page.getByRole("grid", { name: "Incidents" });
  await grid.and(page.locator('[aria-rowcount]:not([aria-rowcount="-1"])')).waitFor({ timeout: 300_000 });
  const ms = Date.now() - started;
  const rows = Number(await grid.getAttribute("aria-rowcount")) - 1;
  await page.close();
  return { ms, rows };
}

/** Runs the app with or without a collector, and measures in it. */
async function within({ env, logs, browser, collectEverySeconds }, measure) {
  const own = { ...env, COLLECT_EVERY_SECONDS: String(collectEverySeconds) };
  const app = await startApp({ env: own, logFile: join(logs, "queue-app.log") });
  try {
    const cookie = await signIn(app.url, "admin@demo.test", "watchfloor-demo");
    const context = await browser.newContext();
    await context.addCookies(browserCookies(app.url, cookie));
    const result = await measure(context, app.url, cookie);
    await context.close();
    return result;
  } finally {
    await app.stop();
  }
}

/** The complete queue, from click to last row, over the register and by walking the API page by page in the same screen. */
export async function measureQueue() {
  const logs = artifactFolder("bench");
  const dataDir = mkdtempSync(join(tmpdir(), "watchfloor-bench-"));
  const env = appEnvironment({ port: await freePort(), dataDir, extra: {} });
  const logFile = join(logs, "queue-emulator.log");
  const emulator = await startEmulator({ port: await freePort(), scenario: "storm", logFile });
  const browser = await driver.launch({
    executablePath: await ensureChromium(),
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
  });
  try {
    await freeze(emulator);
    await seedDemo({ baseUrl: emulator.baseUrl, env });
    await setLatency(emulator, latencyMs);
    const several = async (context, url) => {
      const found = [];
      for (let n = 0; n < rounds; n += 1) found.push(await openQueue(context, url));
      return found;
    };
    const stage = { env, logs, browser };
    const walked = await within({ ...stage, collectEverySeconds: 0 }, several);
    const held = await within({ ...stage, collectEverySeconds: 10 }, async (context, url, cookie) => {
      await untilFilled(url, cookie);
      return several(context, url);
    });
    const of = (found) =>
      percentile(
        found.map(({ ms }) => ms),
        0.5,
      );
    const rows = held.at(-1).rows;
    return [
      [
        `complete queue of ${rows} open incidents, click to last row (walk of ${walked.at(-1).rows})`,
        `${of(held)} ms`,
        `${of(walked)} ms`,
        `${(of(walked) / of(held)).toFixed(1)} × sooner`,
        "≥ 30 × sooner",
      ],
    ];
  } finally {
    await browser.close();
    await emulator.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
