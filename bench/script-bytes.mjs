/** How much script a page may load: so many times that of an empty page on the same framework. */
export const budget = 1.5;

/** Pages whose first load is measured, by name. All but the sign-in are those of a signed-in administrator. */
export const measuredPages = [
  ["queue", "/main/incidents"],
  ["campaigns", "/main/campaigns"],
  ["gamebooks", "/main/gamebooks"],
  ["data sources", "/main/data-sources"],
  ["workspaces", "/main/workspaces"],
  ["webhooks", "/main/webhooks"],
  ["delivery log", "/main/webhooks/deliveries"],
  ["members", "/main/admin/members"],
  ["connection", "/main/admin/connection"],
  ["audit", "/main/admin/audit"],
  ["sign-in", "/sign-in"],
];

/** A page is quiet when so many milliseconds have passed in which it waited for nothing. */
const quietMs = 500;
const mostMs = 60_000;

/**
 * Calls back when nothing has been under way for a while. A live stream is always under way, and does not count. Playwright's own
 * `networkidle` would wait for its end.
 */
function untilQuiet(session, url) {
  return new Promise((resolve, reject) => {
    const underWay = new Set();
    let quiet;
    const giveUp = setTimeout(
      () => reject(new Error(`${url} is not quiet: it waits for ${underWay.size} answers`)),
      mostMs,
    );
    const look = () => {
      clearTimeout(quiet);
      if (underWay.size > 0) return;
      quiet = setTimeout(() => {
        clearTimeout(giveUp);
        resolve();
      }, quietMs);
    };
    const end = ({ requestId }) => {
      underWay.delete(requestId);
      look();
    };
    session.on("Network.requestWillBeSent", ({ requestId }) => {
      underWay.add(requestId);
      look();
    });
    session.on("Network.responseReceived", ({ requestId, response }) => {
      if (response.mimeType === "text/event-stream") end({ requestId });
    });
    session.on("Network.loadingFinished", end);
    session.on("Network.loadingFailed", end);
  });
}

/**
 * Bytes of script on the wire until the page is quiet, by the browser's own account: packed bodies. Heads are left out, because their
 * size depends on the version of HTTP and on the proxy in front more than on the page.
 * `context` is a browser context that has loaded nothing yet: what it holds already would not be counted.
 */
export async function scriptBytes(context, url) {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  const scripts = new Set();
  let total = 0;
  let count = 0;
  session.on("Network.responseReceived", ({ requestId, type }) => {
    if (type === "Script") scripts.add(requestId);
  });
  session.on("Network.dataReceived", ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) total += encodedDataLength;
  });
  session.on("Network.loadingFinished", ({ requestId }) => {
    if (scripts.has(requestId)) count += 1;
  });
  const quiet = untilQuiet(session, url);
  await page.goto(url, { waitUntil: "load" });
  await quiet;
  await page.close();
  if (count === 0) throw new Error(`${url} loaded no script: the measurement is broken`);
  return total;
}
