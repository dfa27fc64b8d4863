import { chromium as driver } from "@playwright/test";
import { browserCookies } from "./sign-in.mjs";

/** How many rows the log holds: as many as a person may well look through, and five times as many. */
const sizes = [10_000, 50_000];
const rowPx = 36;
/** A frame that takes longer is one that a person sees. */
const slowMs = 50;
/** One turn of the wheel, in CSS pixels: a fast hand. */
const turnPx = 1_500;

/** A delivery as our own call answers it. Every seventh failed. */
function delivery(n, nowMs) {
  const failed = n % 7 === 0;
  const at = new Date(nowMs - n * 8_000).toISOString();
  const id = (kind, number) => `${kind}0000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
  return {
    id: id("d", n),
    webhookId: id("a", n % 3),
    webhookConfigurationId: id("a", n % 3),
    eventId: id("e", n),
    eventType: n % 2 === 0 ? "incident.created" : "incident.updated",
    status: failed ? "Failed" : "Succeeded",
    httpStatusCode: failed ? 503 : 200,
    errorMessage: failed ? "The receiver answered 503 Service Unavailable" : null,
    eventSourceAccountId: id("c", n % 40),
    eventSourceAccountName: `Customer ${n % 40}`,
    eventSubjectId: id("f", n),
    eventSubjectDisplayName: `${n} · Suspicious sign-in from an anonymous IP address on FIN-${n % 500}`,
    isTest: n % 50 === 0,
    originalDeliveryId: null,
    attemptNumber: (n % 3) + 1,
    latencyMs: 40 + (n % 400),
    eventOccurredAt: at,
    completedAt: at,
    redeliveryRequestedAt: null,
    createdAt: at,
  };
}

/** Answers the log's call in pages, filtered by outcome as the server would. */
async function serveLog(page, size) {
  const nowMs = Date.now();
  const all = Array.from({ length: size }, (_, n) => delivery(n, nowMs));
  await page.route("**/api/main/webhooks/deliveries", async (route) => {
    const { filter, pageSize, continuationToken } = route.request().postDataJSON();
    const rows = filter.outcomes.includes("failed") ? all.filter((row) => row.status === "Failed") : all;
    const from = Number(continuationToken ?? 0);
    const items = rows.slice(from, from + pageSize);
    const next = from + pageSize < rows.length ? String(from + pageSize) : null;
    const data = {
      items,
      continuationToken: next,
      hasMore: next !== null,
      asOf: new Date(nowMs).toISOString(),
      examined: items.length,
      readTo: next === null ? null : (items.at(-1)?.createdAt ?? null),
      failures: [],
      unreadableRows: 0,
    };
    const meta = { requestId: "bench", timestamp: new Date(nowMs).toISOString() };
    await route.fulfill({ json: { data, meta } });
  });
}

/** The least that a virtual list can be: one element per row in view, moved and written anew as the list scrolls. */
const bareListOf = (size) => `<!doctype html><title>Bare list</title><style>body{margin:0}
#list{height:100vh;overflow:auto;position:relative}#list div div{position:absolute;height:${rowPx}px;font:13px sans-serif}</style>
<div id="list" role="grid"><div style="height:${size * rowPx}px"></div></div><script>
const list = document.getElementById("list"), space = list.firstChild;
const count = Math.ceil(innerHeight / ${rowPx}) + 26;
const rows = Array.from({ length: count }, () => space.appendChild(document.createElement("div")));
function draw() {
  const first = Math.max(0, Math.min(Math.floor(list.scrollTop / ${rowPx}) - 10, ${size} - count));
  rows.forEach((row, n) => {
    row.style.transform = "translateY(" + (first + n) * ${rowPx} + "px)";
    row.textContent = "Row " + (first + n);
  });
}
list.addEventListener("scroll", draw);
draw();
</script>`;

/** Notes the time between frames, in the page, from now until `stop`. */
async function watchFrames(page) {
  await page.evaluate(() => {
    const frames = [];
    let last = performance.now();
    window.benchFrames = { frames, isOn: true };
    const next = (now) => {
      frames.push(now - last);
      last = now;
      if (window.benchFrames.isOn) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  return async () =>
    page.evaluate(() => {
      window.benchFrames.isOn = false;
      // The first spans the moment before the watch began.
      return window.benchFrames.frames.slice(1);
    });
}

/**
 * Milliseconds of processor time of each task of the page's main thread while `act` runs. Other than the time between frames it does not
 * grow with what else the machine does.
 */
async function taskTimes(browser, page, act) {
  await browser.startTracing(page, { categories: ["disabled-by-default-devtools.timeline", "toplevel"] });
  const result = await act();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const byThread = new Map();
  for (const { name, pid, tid, tdur } of traceEvents) {
    if (name !== "RunTask" || tdur === undefined) continue;
    const thread = `${pid} ${tid}`;
    byThread.set(thread, [...(byThread.get(thread) ?? []), tdur / 1_000]);
  }
  const sum = (tasks) => tasks.reduce((total, ms) => total + ms, 0);
  const [tasks] = [...byThread.values()].sort((a, b) => sum(b) - sum(a));
  if (tasks === undefined) throw new Error("The trace holds no task: the measurement is broken");
  return { ...result, tasks };
}

const drawnRows = (page) => page.locator("[data-key]").count();

/** Wheels from top to end. Answers the frames meanwhile and the most rows that were in the page. */
async function wheelThrough(page, { rows }) {
  const grid = page.getByRole("grid");
  await grid.evaluate((element) => element.scrollTo({ top: 0 }));
  await grid.hover();
  const stop = await watchFrames(page);
  let most = 0;
  const isAtEnd = () =>
    grid.evaluate((element) => element.scrollHeight - element.clientHeight - element.scrollTop < 2);
  // A browser that is busy may leave out a turn.
  const mostTurns = 3 * Math.ceil((rows * rowPx) / turnPx);
  let turn = 0;
  while (turn < mostTurns && !(turn % 20 === 0 && (await isAtEnd()))) {
    await page.mouse.wheel(0, turnPx);
    if (turn % 20 === 0) most = Math.max(most, await drawnRows(page));
    turn += 1;
  }
  const frames = await stop();
  if (!(await isAtEnd()))
    throw new Error("The wheel did not reach the end of the list: the measurement is broken");
  return { frames, most };
}

/** Goes to the end again and again until the list says that it is read in full. */
async function readInFull(page, size) {
  const grid = page.getByRole("grid");
  await page.locator("[data-key]").first().waitFor();
  await page.waitForFunction(
    () => {
      const element = document.querySelector("[role=grid]");
      element.scrollTop = element.scrollHeight;
      return element.getAttribute("aria-rowcount") !== "-1";
    },
    null,
    { timeout: 300_000, polling: 100 },
  );
  const rows = Number(await grid.getAttribute("aria-rowcount")) - 1;
  if (rows !== size) throw new Error(`The log holds ${rows} rows in place of ${size}.`);
}

/** Narrows to what failed and widens again, three times. */
async function filterThrice(page) {
  const grid = page.getByRole("grid");
  const choose = async (now, next) => {
    await page.getByRole("button", { name: `Outcome: ${now}` }).click();
    await page.getByRole("menuitemradio", { name: next, exact: true }).click();
    await page.getByRole("button", { name: `Outcome: ${next}` }).waitFor();
  };
  await grid.evaluate((element) => element.scrollTo({ top: 0 }));
  const stop = await watchFrames(page);
  for (let n = 0; n < 3; n++) {
    await choose("Any", "Failed");
    await page.locator('[data-index="5"]').getByText("503", { exact: true }).waitFor();
    await choose("Failed", "Any");
    await page.locator('[data-index="5"]').getByText("200", { exact: true }).waitFor();
  }
  return stop();
}

const slow = (frames) => frames.filter((ms) => ms > slowMs).length;
const worst = (frames) => `${Math.max(...frames).toFixed(0)} ms`;
const beside = (ours, peer) => [
  worst(ours),
  worst(peer),
  `${(Math.max(...ours) / Math.max(...peer)).toFixed(2)} ×`,
];

/** Scrolling and filtering deliveries on the real page, beside a bare virtual list in the same browser. */
export async function measureScrolling({ app, cookie, chromium }) {
  const browser = await driver.launch({ executablePath: chromium, args: ["--no-sandbox", "--disable-gpu"] });
  const rows = [];
  try {
    for (const size of sizes) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      await context.addCookies(browserCookies(app, cookie));
      rows.push(...(await measureSize(browser, context, app, size)));
      await context.close();
    }
  } finally {
    await browser.close();
  }
  return rows;
}

async function measureSize(browser, context, app, size) {
  const peerPage = await context.newPage();
  await peerPage.setContent(bareListOf(size));
  const through = (at) => taskTimes(browser, at, () => wheelThrough(at, { rows: size }));
  const peer = await through(peerPage);
  await peerPage.close();
  const page = await context.newPage();
  await serveLog(page, size);
  await page.goto(`${app}/main/webhooks/deliveries?range=all`);
  await readInFull(page, size);
  const ours = await through(page);
  const filtering = await taskTimes(browser, page, async () => ({ frames: await filterThrice(page) }));
  const what = `scrolling ${size.toLocaleString("en")} deliveries`;
  const filter = what.replace("scrolling", "filtering");
  const over = `over ${slowMs} ms`;
  return [
    [`${what}: tasks ${over} of processor time (bare list)`, slow(ours.tasks), slow(peer.tasks), "", "none"],
    [`${what}: longest task`, ...beside(ours.tasks, peer.tasks), ""],
    [`${what}: frames ${over}`, slow(ours.frames), slow(peer.frames), "", "none"],
    [`${what}: longest of all frames`, ...beside(ours.frames, peer.frames), ""],
    [`${what}: most rows in the page`, ours.most, "", "", "≤ 120"],
    [`${filter}: tasks ${over} of processor time`, slow(filtering.tasks), "", "", "none"],
    [`${filter}: longest task`, worst(filtering.tasks), "", "", ""],
    [`${filter}: frames ${over}`, slow(filtering.frames), "", "", "none"],
    [`${filter}: longest of all frames`, worst(filtering.frames), "", "", ""],
  ];
}
