import { chromium as driver } from "@playwright/test";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../scripts/lib/ports.mjs";
import { nextCli } from "../scripts/lib/prepare.mjs";
import { root, run, start, waitFor } from "../scripts/lib/run.mjs";
import { budget, measuredPages, scriptBytes } from "./script-bytes.mjs";
import { browserCookies } from "./sign-in.mjs";

/** Where the size of the empty page is kept for `e2e/first-load.spec.ts`, which has no time to build one. */
const sizeFile = join(root, "bench", "empty-page", "size.json");
/** How far the size may be from the one that is kept: heads of answers differ by a few bytes from day to day. */
const tolerance = 0.005;

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

/** Writes down the size of the empty page and what it was built with, where it is no longer what was written there. */
function keepSize(bytes) {
  const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const names = ["next", "react", "react-dom", "@tanstack/react-query"];
  const builtWith = Object.fromEntries(names.map((name) => [name, dependencies[name]]));
  const kept = JSON.parse(readFileSync(sizeFile, "utf8"));
  const isSame = JSON.stringify(kept.builtWith) === JSON.stringify(builtWith);
  if (isSame && Math.abs(bytes / kept.bytes - 1) <= tolerance) return;
  writeFileSync(sizeFile, `${JSON.stringify({ bytes, builtWith }, null, 2)}\n`);
  console.log(`bench/empty-page/size.json said ${kept.bytes} bytes; it is written anew: commit it.`);
}

/** First-load JavaScript of our pages beside an empty page on the same framework. */
export async function measureFirstLoad({ app, cookie, chromium, logs }) {
  const empty = await startEmptyPage(logs);
  const browser = await driver.launch({
    executablePath: chromium,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
  });
  const measure = async (url, cookies) => {
    const context = await browser.newContext();
    await context.addCookies(cookies);
    const bytes = await scriptBytes(context, url);
    await context.close();
    return bytes;
  };
  try {
    const peer = await measure(empty.url, []);
    keepSize(peer);
    const rows = [];
    for (const [name, path] of measuredPages) {
      const bytes = await measure(`${app}${path}`, path === "/sign-in" ? [] : browserCookies(app, cookie));
      rows.push([
        `first-load JavaScript of ${name}, gzip (empty page)`,
        `${(bytes / 1000).toFixed(0)} kB`,
        `${(peer / 1000).toFixed(0)} kB`,
        `${(bytes / peer).toFixed(2)} ×`,
        `≤ ${budget} ×`,
      ]);
    }
    return rows;
  } finally {
    await browser.close();
    await empty.stop();
  }
}
