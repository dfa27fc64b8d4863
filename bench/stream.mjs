import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomBytes } from "node:crypto";
import { createInterface } from "node:readline";
import { freePort } from "../scripts/lib/ports.mjs";
import { startPostgres } from "../scripts/lib/postgres.mjs";
import { ensureNchan, ensureNginx } from "../scripts/lib/prepare.mjs";
import { root } from "../scripts/lib/run.mjs";
import { appEnvironment, artifactFolder, startApp } from "../scripts/lib/stage.mjs";
import { startNchan } from "./nchan.mjs";
import { percentile } from "./timing.mjs";

const streams = 500;
const perSecond = 10;
const seconds = 20;
const warmUpSeconds = 3;

/** Opens a stream and calls with each piece of it; resolves when its head is there. */
function openStream(url, headers, agent, onPiece) {
  return new Promise((resolve, reject) => {
    const call = request(url, { agent, headers: { accept: "text/event-stream", ...headers } }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`${url} answered ${answer.statusCode}`));
      answer.setEncoding("latin1");
      answer.on("data", onPiece);
      answer.on("error", () => undefined);
      resolve(call);
    });
    call.on("error", reject);
    call.end();
  });
}

/**
 * Milliseconds from handing an event over to be published until each receiver has it. An event's text is when it was handed over, so that the
 * clock is this process's alone.
 */
async function measure({ url, headersOf, publish }) {
  const agent = new Agent({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY });
  const samples = [];
  let isCounted = false;
  const take = (piece) => {
    const now = performance.now();
    for (const [, text] of piece.matchAll(/@(\d+\.\d+)@/g)) if (isCounted) samples.push(now - Number(text));
  };
  const calls = [];
  for (let n = 0; n < streams; n += 1) calls.push(await openStream(url, headersOf(n), agent, take));
  let sent = 0;
  for (let n = 0; n < perSecond * (warmUpSeconds + seconds); n += 1) {
    if (n === perSecond * warmUpSeconds) isCounted = true;
    if (isCounted) sent += 1;
    publish(`@${performance.now().toFixed(3)}@`);
    await new Promise((resolve) => setTimeout(resolve, 1_000 / perSecond));
  }
  // The last ones are on their way.
  const until = performance.now() + 5_000;
  while (samples.length < sent * streams && performance.now() < until)
    await new Promise((resolve) => setTimeout(resolve, 50));
  for (const call of calls) call.destroy();
  agent.destroy();
  const missing = sent * streams - samples.length;
  // Those of the warm-up that came late are counted as well.
  if (missing > 0) throw new Error(`${url}: ${missing} of ${sent * streams} events did not arrive`);
  return samples;
}

async function startWriter(env) {
  const args = ["--import", "tsx", "--conditions=react-server", "bench/stream-run.ts", String(streams)];
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const { value } = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
  return { child, ...JSON.parse(value) };
}

/** Ours: an app on PostgreSQL, whose events another process writes down; each stream is a display's of its own. */
async function measureOurs(folder, logs) {
  const postgres = await startPostgres();
  if (postgres === null)
    throw new Error("The benchmark of live streams needs PostgreSQL, which cannot be had.");
  const extra = {
    DATABASE_URL: postgres.url,
    WATCHFLOOR_KEYS: `bench:${randomBytes(32).toString("base64")}`,
    NEXTAUTH_SECRET: randomBytes(32).toString("base64url"),
  };
  const env = appEnvironment({ port: await freePort(), dataDir: join(folder, "data"), extra });
  let app = null;
  let writer = null;
  try {
    app = await startApp({ env, logFile: join(logs, "stream-app.log") });
    writer = await startWriter(env);
    return await measure({
      url: `${app.url}/api/${writer.slug}/events`,
      headersOf: (n) => ({ cookie: writer.cookies[n] }),
      publish: (text) => writer.child.stdin.write(`${text}\n`),
    });
  } finally {
    writer?.child.kill();
    await app?.stop();
    await postgres.stop();
  }
}

async function measureNchan(folder) {
  const peer = await startNchan({ program: await ensureNginx(), module: await ensureNchan(), folder });
  const agent = new Agent({ keepAlive: true });
  try {
    return await measure({
      url: `${peer.url}/events`,
      headersOf: () => ({}),
      publish: (text) => {
        const call = request(`${peer.url}/publish`, { method: "POST", agent }, (answer) => answer.resume());
        call.end(text);
      },
    });
  } finally {
    agent.destroy();
    await peer.stop();
  }
}

/** An event to 500 receivers, ten times a second, beside nchan. */
export async function measureStreams() {
  const logs = artifactFolder("bench");
  const folder = mkdtempSync(join(tmpdir(), "watchfloor-stream-"));
  mkdirSync(join(folder, "data"));
  try {
    const ours = await measureOurs(folder, logs);
    const theirs = await measureNchan(folder);
    return [
      [0.5, "p50", "report"],
      [0.95, "p95", "≤ 250 ms and ≤ 2 ×"],
      [0.99, "p99", "≤ 1 s"],
    ].map(([share, name, budget]) => {
      const [a, b] = [percentile(ours, share), percentile(theirs, share)];
      return [
        `event to receiver, ${streams} streams, ${perSecond} events/s, ${name} (nchan)`,
        `${a.toFixed(1)} ms`,
        `${b.toFixed(1)} ms`,
        `${(a / b).toFixed(2)} ×`,
        budget,
      ];
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
