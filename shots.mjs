import { mkdtempSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { freePort } from "./scripts/lib/ports.mjs";
import { ensureChromium } from "./scripts/lib/prepare.mjs";
import { appEnvironment, seedDemo, startApp, startEmulator } from "./scripts/lib/stage.mjs";
const out = "/tmp/shots"; mkdirSync(out, { recursive: true });
const dataDir = mkdtempSync(join(tmpdir(), "wf-shots-"));
const env = appEnvironment({ port: await freePort(), dataDir });
const emulator = await startEmulator({ port: await freePort(), scenario: process.env.SCENARIO ?? "working-day", seed: 7, logFile: "/tmp/shots/em.log" });
const app = await (async () => { await seedDemo({ baseUrl: emulator.baseUrl, env }); return startApp({ env, logFile: "/tmp/shots/app.log" }); })();
const browser = await chromium.launch({ executablePath: await ensureChromium(), args: ["--no-sandbox", "--disable-gpu"] });
const steps = (await import(process.argv[2])).default;
try { await steps({ browser, url: app.url, out, emulator }); } finally { await browser.close(); await app.stop(); await emulator.stop(); }
