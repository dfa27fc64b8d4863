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
  await page.goto(url, { waitUntil: "networkidle" });
  await page.close();
  if (count === 0) throw new Error(`${url} loaded no script: the measurement is broken`);
  return total;
}
