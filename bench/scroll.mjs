import { chromium as driver } from "@playwright/test";
import { browserCookies } from "./sign-in.mjs";

const rowsInAll = 10_000;
const rowsPerPage = 100;
const outcomes = [200, 200, 200, 503, 200, 404];

/** A page of a made-up delivery log of 10,000 rows, in the shape of `POST /api/<org>/webhooks/deliveries` (lib/domain/webhook-deliveries.ts). */
function deliveriesPage({ filter, continuationToken }, webhookId) {
  const first = Number(continuationToken ?? 0);
  const onlyFailed = filter.outcomes.includes("failed");
  const newest = Date.parse("2026-01-01T00:00:00.000Z");
  const all = Array.from({ length: rowsPerPage }, (_, offset) => {
    const n = first + offset;
    const httpStatusCode = outcomes[n % outcomes.length];
    const at = new Date(newest - n * 8_000).toISOString();
    const id = `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
    return {
      id,
      webhookId,
      eventId: id,
      eventType: "incident.created.v1",
      status: httpStatusCode < 300 ? "Succeeded" : "Failed",
      httpStatusCode,
      errorMessage: httpStatusCode < 300 ? null : `The receiver answered ${httpStatusCode}`,
      eventSourceAccountId: webhookId,
      eventSourceAccountName: `Customer ${n % 40}`,
      eventSubjectId: String(n),
      eventSubjectDisplayName: `Suspicious sign-in from an anonymous address, case ${n}`,
      webhookConfigurationId: webhookId,
      isTest: false,
      originalDeliveryId: null,
      attemptNumber: 1,
      latencyMs: 40 + (n % 300),
      eventOccurredAt: at,
      completedAt: at,
      redeliveryRequestedAt: null,
      createdAt: at,
    };
  });
  const items = onlyFailed ? all.filter(({ httpStatusCode }) => httpStatusCode >= 300) : all;
  const next = first + rowsPerPage;
  const hasMore = next < rowsInAll;
  return {
    data: {
      items,
      continuationToken: hasMore ? String(next) : null,
      hasMore,
      asOf: new Date().toISOString(),
      examined: rowsPerPage,
      readTo: hasMore ? all.at(-1).createdAt : null,
      failures: [],
      unreadableRows: 0,
    },
    meta: { requestId: null, timestamp: null },
  };
}

/** The least that a virtual list can be: rows of one text, drawn where the view is. */
const emptyList = `<!doctype html><style>body{margin:0;background:#0b0f14;color:#ddd;font:13px sans-serif}
#list{height:100vh;overflow:auto;position:relative}.row{position:absolute;left:0;right:0;height:36px}</style>
<div id="list" role="grid"><div id="all" style="height:${rowsInAll * 36}px"></div></div><script>
const list=document.getElementById("list"),all=document.getElementById("all");
function draw(){const first=Math.max(0,Math.floor(list.scrollTop/36)-10);all.replaceChildren(...Array.from({length:50},(_,n)=>{
const row=document.createElement("div");row.className="row";row.dataset.key=first+n;row.style.top=(first+n)*36+"px";row.textContent="Row "+(first+n);return row}))}
list.addEventListener("scroll",draw);draw()</script>`;

/** Scrolls through the list in `steps` frames, and what the frames took: how many over 50 ms, the 95th percentile, most rows in the page. */
async function scrollThrough(grid, steps = 600) {
  return grid.evaluate(async (element, count) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const took = [];
    let mostRows = 0;
    let last = await frame();
    for (let step = 0; step < count; step += 1) {
      const way = element.scrollHeight - element.clientHeight;
      element.scrollTop = (way * (step < count / 2 ? step : count - step)) / (count / 2);
      const now = await frame();
      took.push(now - last);
      last = now;
      mostRows = Math.max(mostRows, element.querySelectorAll("[data-key]").length);
    }
    took.sort((a, b) => a - b);
    return {
      long: took.filter((ms) => ms > 50).length,
      p95: took[Math.floor(took.length * 0.95)],
      mostRows,
    };
  }, steps);
}

/** Frames over 50 ms while something is done, and until it is over. */
async function framesDuring(page, act) {
  await page.evaluate(() => {
    globalThis.tookFrames = [];
    let last = performance.now();
    const tick = (now) => {
      globalThis.tookFrames.push(now - last);
      last = now;
      globalThis.frameTimer = requestAnimationFrame(tick);
    };
    globalThis.frameTimer = requestAnimationFrame(tick);
  });
  await act();
  return page.evaluate(() => {
    cancelAnimationFrame(globalThis.frameTimer);
    return globalThis.tookFrames.filter((ms) => ms > 50).length;
  });
}

async function openLog(context, app) {
  const page = await context.newPage();
  const webhookId = "11111111-1111-4111-8111-111111111111";
  await page.route("**/api/main/webhooks/deliveries**", (route) =>
    route.fulfill({ json: deliveriesPage(route.request().postDataJSON(), webhookId) }),
  );
  await page.goto(`${app}/main/webhooks/deliveries`);
  const grid = page.getByRole("grid");
  await grid.locator("[data-key]").first().waitFor();
  // To the end, page by page, until the table says how many rows it has.
  while ((await grid.getAttribute("aria-rowcount")) === "-1")
    await grid.evaluate(async (element) => {
      element.scrollTop = element.scrollHeight;
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    });
  const rows = Number(await grid.getAttribute("aria-rowcount")) - 1;
  if (rows !== rowsInAll) throw new Error(`the delivery log holds ${rows} rows and not ${rowsInAll}`);
  return { page, grid };
}

/** Scrolling and filtering 10,000 delivery rows beside the least that a virtual list can be, in the same browser. */
export async function measureScrolling({ app, cookie, chromium }) {
  const browser = await driver.launch({
    executablePath: chromium,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
  });
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    await context.addCookies(browserCookies(app, cookie));
    const bare = await context.newPage();
    await bare.setContent(emptyList);
    const peer = await scrollThrough(bare.getByRole("grid"));
    const { page, grid } = await openLog(context, app);
    const ours = await scrollThrough(grid);
    const filtering = await framesDuring(page, async () => {
      await page.getByRole("button", { name: "Outcome: any" }).click();
      await page.getByRole("menuitemradio", { name: "Failed" }).click();
      // The first failed one is the fourth of all: then the filter has been answered and drawn.
      await grid.locator('[data-index="0"][data-key$="000000000003"]').waitFor();
    });
    const ms = (value) => `${value.toFixed(1)} ms`;
    return [
      [
        "scrolling 10,000 deliveries, frames over 50 ms of 600 (empty virtual list)",
        ours.long,
        peer.long,
        "",
        "none",
      ],
      [
        "scrolling 10,000 deliveries, p95 of a frame (empty virtual list)",
        ms(ours.p95),
        ms(peer.p95),
        `${(ours.p95 / peer.p95).toFixed(2)} ×`,
        "",
      ],
      ["rows in the page while scrolling (empty virtual list)", ours.mostRows, peer.mostRows, "", "≤ 120"],
      ["filtering 10,000 deliveries, frames over 50 ms", filtering, "", "", "none"],
    ];
  } finally {
    await browser.close();
  }
}
