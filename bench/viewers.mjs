import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../scripts/lib/ports.mjs";
import { appEnvironment, artifactFolder, seedDemo, startApp, startEmulator } from "../scripts/lib/stage.mjs";
import { untilFilled } from "./collector.mjs";
import { control, freeze, setLatency } from "./emulator.mjs";
import { signIn } from "./sign-in.mjs";
import { percentile } from "./timing.mjs";

const viewers = 200;
/** Upstream's answers take so long, in milliseconds. */
const latencyMs = 50;
const seconds = 180;
/** What an open queue asks for by itself, and how often, in milliseconds: see lib/queries. */
const changesEveryMs = 10_000;
const summaryEveryMs = 15_000;
const people = ["admin", "manager", "analyst", "viewer"].map((name) => `${name}@demo.test`);

const openWork = () => {
  const asked = new URLSearchParams([
    ["status", "Active"],
    ["status", "New"],
  ]);
  const thisMinute = Math.floor(Date.now() / 60_000) * 60_000;
  asked.set("from", new Date(thisMinute - 24 * 3_600_000).toISOString());
  return asked;
};

/** One browser with the queue open until `signal`: a stream, the list once, then what became of it, and the strip. */
async function view(url, cookie, agent, signal, took) {
  const read = (path) =>
    new Promise((resolve, reject) => {
      const started = performance.now();
      const call = request(`${url}${path}`, { agent, headers: { cookie }, signal }, (answer) => {
        const pieces = [];
        answer.on("data", (piece) => pieces.push(piece));
        answer.on("error", reject);
        answer.on("end", () => {
          took.push(performance.now() - started);
          if (answer.statusCode === 200) resolve(JSON.parse(Buffer.concat(pieces).toString()).data);
          else reject(new Error(`${path} answered ${answer.statusCode}`));
        });
      });
      call.on("error", reject);
      call.end();
    });
  const again = async (everyMs, act) => {
    while (!signal.aborted) {
      await new Promise((resolve) => setTimeout(resolve, everyMs * (0.8 + 0.4 * Math.random())));
      if (!signal.aborted) await act();
    }
  };
  const stream = request(`${url}/api/main/events`, { agent, headers: { cookie }, signal }, (answer) => {
    answer.on("error", () => undefined);
    answer.resume();
  });
  stream.on("error", () => undefined);
  stream.end();
  const asked = openWork();
  let { position, next } = await read(`/api/main/incidents?${asked}`);
  while (next) {
    const further = openWork();
    further.set("after", next);
    ({ next } = await read(`/api/main/incidents/rows?${further}`));
  }
  await Promise.all([
    again(changesEveryMs, async () => {
      const changes = openWork();
      changes.set("since", position);
      const answer = await read(`/api/main/incidents/changes?${changes}`);
      position = answer.position ?? position;
    }),
    again(summaryEveryMs, () => read("/api/main/incidents/summary")),
  ]);
}

/** Calls upstream while so many look on, and what their own calls took. */
async function watched(stage, count) {
  const { app, emulator, cookies } = stage;
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  const end = new AbortController();
  const took = [];
  const failures = [];
  const before = (await control(emulator, "stats")).total;
  const all = Array.from({ length: count }, (_, n) =>
    view(app.url, cookies[n % cookies.length], agent, end.signal, took).catch((error) => {
      if (!end.signal.aborted) failures.push(error);
    }),
  );
  await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  const after = (await control(emulator, "stats")).total;
  end.abort();
  await Promise.all(all);
  agent.destroy();
  if (failures.length > 0)
    throw new Error(`${failures.length} calls of ${count} viewers failed: ${failures[0].message}`);
  return { calls: after - before, p95: percentile(took, 0.95) };
}

/** What many open queues cost upstream, beside what one costs. */
export async function measureViewers() {
  const logs = artifactFolder("bench");
  const dataDir = mkdtempSync(join(tmpdir(), "watchfloor-bench-"));
  const extra = { COLLECT_EVERY_SECONDS: "10" };
  const env = appEnvironment({ port: await freePort(), dataDir, extra });
  const logFile = join(logs, "viewers-emulator.log");
  const emulator = await startEmulator({ port: await freePort(), scenario: "working-day", logFile });
  let app = null;
  try {
    // The same things upstream in both halves: else it would be they that make the difference.
    await freeze(emulator);
    await seedDemo({ baseUrl: emulator.baseUrl, env });
    await setLatency(emulator, latencyMs);
    app = await startApp({ env, logFile: join(logs, "viewers-app.log") });
    const cookies = [];
    for (const person of people) cookies.push(await signIn(app.url, person, "watchfloor-demo"));
    await untilFilled(app.url, cookies[0]);
    const stage = { app, emulator, cookies };
    const one = await watched(stage, 1);
    const many = await watched(stage, viewers);
    const what = `${viewers} open queues for ${seconds} s`;
    const ratio = (ours, peer) => `${(ours / peer).toFixed(2)} ×`;
    return [
      [
        `${what}: calls upstream (one queue)`,
        many.calls,
        one.calls,
        ratio(many.calls, one.calls),
        "≤ 1.05 ×",
      ],
      [
        `${what}: p95 of our own answers (one queue)`,
        `${many.p95.toFixed(0)} ms`,
        `${one.p95.toFixed(0)} ms`,
        ratio(many.p95, one.p95),
        "",
      ],
    ];
  } finally {
    await app?.stop();
    await emulator.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
