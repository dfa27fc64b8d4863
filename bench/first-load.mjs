import { chromium as driver } from "@playwright/test";
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../scripts/lib/ports.mjs";
import { nextCli } from "../scripts/lib/prepare.mjs";
import { browserCookies } from "./sign-in.mjs";
import { root, run, start, waitFor } from "../scripts/lib/run.mjs";

/** Bytes of script on the wire until the page is quiet, by the browser's own account. */
async function scriptBytes(browser, url, { cookie } = {}) {
  const context = await browser.newContext();
  if (cookie) await context.addCookies(browserCookies(url, cookie));
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  const scripts = new Map();
  let total = 0;
  let count = 0;
  session.on("Network.responseReceived", ({ requestId, type, response }) => {
    if (type === "Script") scripts.set(requestId, response.url);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (!scripts.has(requestId)) return;
    total += encodedDataLength;
    count += 1;
  });
  await page.goto(url, { waitUntil: "networkidle" });
  await context.close();
  if (count === 0) throw new Error(`${url} loaded no script: the measurement is broken`);
  return total;
}

/** Builds the empty page beside the app, on the same framework and query library. */
async function startEmptyPage(logs) {
  const source = join(root, "bench", "empty-page");
  const folder = join(root, ".artifacts", "bench", "empty-page");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(source, folder, { recursive: true });
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" };
  await run(process.execPath, [nextCli, "build", folder], { env, stdio: "ignore" });
  const port = await freePort();
  const program = start(process.execPath, [nextCli, "start", folder, "-H", "127.0.0.1", "-p", String(port)], {
    env,
    logFile: join(logs, "empty-page.log"),
  });
  await waitFor(`http://127.0.0.1:${port}/`, { program, what: "The empty page" });
  return { ...program, url: `http://127.0.0.1:${port}/` };
}

/** First-load JavaScript of our pages beside an empty page on the same framework. */
export async function measureFirstLoad({ app, cookie, chromium, logs }) {
  const empty = await startEmptyPage(logs);
  const browser = await driver.launch({
    executablePath: chromium,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
  });
  try {
    const peer = await scriptBytes(browser, empty.url);
    const rows = [];
    for (const [name, path] of [
      ["queue", "/main/incidents"],
      ["gamebooks", "/main/gamebooks"],
      ["data sources", "/main/data-sources"],
      ["webhooks", "/main/webhooks"],
      ["delivery log", "/main/webhooks/deliveries"],
      ["members", "/main/admin/members"],
      ["connection", "/main/admin/connection"],
      ["audit", "/main/admin/audit"],
      ["sign-in", "/sign-in"],
    ]) {
      const bytes = await scriptBytes(browser, `${app}${path}`, path === "/sign-in" ? {} : { cookie });
      rows.push([
        `first-load JavaScript of ${name}, gzip (empty page)`,
        `${(bytes / 1000).toFixed(0)} kB`,
        `${(peer / 1000).toFixed(0)} kB`,
        `${(bytes / peer).toFixed(2)} ×`,
        "≤ 1.5 ×",
      ]);
    }
    return rows;
  } finally {
    await browser.close();
    await empty.stop();
  }
}
