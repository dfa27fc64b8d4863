import { type Browser, expect, type Page, type Request, test } from "@playwright/test";
import { type ClientHttp2Session, connect } from "node:http2";
import { signIn, browserCookies } from "../bench/sign-in.mjs";
import { browserModule } from "./fixtures/browser-module";
import { emulator } from "./fixtures/emulator";
import { startNginx } from "./fixtures/nginx";
import { environmentOn, freePort, type OwnApp, startOwnApp, temporaryFolder } from "./fixtures/own-app";

/** What a page keeps of the feed, for the test to look at. */
declare global {
  interface Window {
    heard: { kind: string; event?: Record<string, string> }[];
    states: string[];
    liveFeeds: {
      follow(
        org: string,
        person: string | null,
        listener: { onMessage(message: unknown): void; onState(state: { kind: string }): void },
      ): () => void;
    };
  }
}

test.describe.configure({ timeout: 120_000 });

const admin = { email: "live@example.test", password: "a-long-enough-password" };
const folder = temporaryFolder();
const code = browserModule("lib/client/live/feeds.ts", "liveFeeds");
let app: OwnApp;
let cookie: string;
/** An incident arrives; its key (`workspace/source/id`). */
let arrive: () => Promise<string>;

test.beforeAll(async () => {
  await emulator.clearFaults();
  await emulator.reset({ scenario: "quiet-night", seed: 7 });
  const port = String(await freePort());
  app = startOwnApp(
    environmentOn({ port, dataDir: `${folder.path}/data`, admin }, { COLLECT_EVERY_SECONDS: "10" }),
  );
  expect(await app.ready(), app.output()).toBe(true);
  cookie = await signIn(app.url, admin.email, admin.password);
  const place = (await emulator.workspaces()).find(({ organisation }) => organisation === "main")!;
  const held = () => emulator.incidentKeys({ timeFilterSelection: { type: "TwentyFourHours" } });
  arrive = async () => {
    const before = await held();
    await emulator.addIncidents([{ workspaceId: place.id, source: place.sources[0], title: "Arrives now" }]);
    return [...(await held())].find((one) => !before.has(one) && one.startsWith(place.id))!;
  };
});
test.afterAll(async () => {
  app?.child.kill("SIGKILL");
  await app?.exited;
  folder.remove();
});

/** A browser of the person's, and each stream that it asks for. */
async function openBrowser(browser: Browser) {
  const context = await browser.newContext({ baseURL: app.url });
  await context.addCookies(browserCookies(app.url, cookie));
  await context.addInitScript(code);
  const streams: Request[] = [];
  context.on("request", (request) => {
    if (request.url().endsWith("/api/main/events")) streams.push(request);
  });
  async function openTab(): Promise<Page> {
    const page = await context.newPage();
    await page.goto("/main/account");
    await page.evaluate((person) => {
      window.heard = [];
      window.states = [];
      window.liveFeeds.follow("main", person, {
        onMessage: (message) => window.heard.push(message as Window["heard"][number]),
        onState: ({ kind }) => window.states.push(kind),
      });
    }, admin.email);
    return page;
  }
  return { context, streams, openTab };
}

const stateOf = (page: Page) => page.evaluate(() => window.states.at(-1));
/** How often its arrival was told. */
const timesHeard = (page: Page, key: string) =>
  page.evaluate(
    (wanted) =>
      window.heard.filter(
        ({ event }) =>
          event?.change === "added" &&
          `${event.workspaceId}/${event.source}/${event.incidentId}`.toLowerCase() === wanted.toLowerCase(),
      ).length,
    key,
  );

/** The text of a stream up to where it holds what is waited for. */
async function readUntil(body: AsyncIterable<Uint8Array | string>, wanted: () => string): Promise<string> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const piece of body) {
    text += typeof piece === "string" ? piece : decoder.decode(piece, { stream: true });
    if (text.includes(wanted())) break;
  }
  return text;
}

test("SSE-08: an arrival reaches two browsers; many tabs of one make one stream, and a closed leader is succeeded", async ({
  browser,
}) => {
  const [one, other] = [await openBrowser(browser), await openBrowser(browser)];
  const tabs = [await one.openTab()];
  await expect.poll(() => stateOf(tabs[0]!)).toBe("live");
  for (let n = 1; n < 6; n += 1) tabs.push(await one.openTab());
  const elsewhere = await other.openTab();
  for (const page of [...tabs, elsewhere]) await expect.poll(() => stateOf(page)).toBe("live");
  expect([one.streams.length, other.streams.length]).toEqual([1, 1]);

  const first = await arrive();
  for (const page of [...tabs, elsewhere])
    await expect.poll(() => timesHeard(page, first), { timeout: 40_000 }).toBe(1);
  // With a stream in each tab there would be no connection left for a call.
  expect(await tabs[3]!.evaluate(() => fetch("/api/main/workspaces").then(({ status }) => status))).toBe(200);

  await tabs[0]!.close();
  await expect.poll(() => one.streams.length, { timeout: 3_000 }).toBe(2);
  expect(await one.streams[1]!.headerValue("last-event-id")).toMatch(/^[\w-]{40,}$/);
  const second = await arrive();
  for (const page of tabs.slice(1)) {
    await expect.poll(() => timesHeard(page, second), { timeout: 40_000 }).toBe(1);
    expect(await timesHeard(page, first)).toBe(1);
    // The gap before it came, and none since.
    expect(await page.evaluate(() => window.heard.filter(({ kind }) => kind === "resync").length)).toBe(1);
  }
  expect(one.streams).toHaveLength(2);
  await Promise.all([one.context.close(), other.context.close()]);
});

test("SSE-07: nginx with packing on holds nothing back, over HTTP/1.1 and HTTP/2", async () => {
  const program = process.env.NGINX_PATH ?? "";
  test.skip(program === "", "nginx cannot be had on this machine.");
  const nginx = await startNginx(program, app.url);
  let session: ClientHttp2Session | null = null;
  try {
    const plain = () =>
      fetch(`${nginx.http1}/api/health/live`).then(
        ({ ok }) => ok,
        () => false,
      );
    await expect.poll(plain).toBe(true);
    const headers = { cookie, "accept-encoding": "gzip", accept: "text/event-stream" };
    // It does pack what may be packed, or the rest would show nothing.
    const packed = await fetch(`${nginx.http1}/api/main/collector`, { headers });
    expect(packed.headers.get("content-encoding")).toBe("gzip");

    let id = "not yet";
    const over1 = await fetch(`${nginx.http1}/api/main/events`, { headers });
    expect(over1.headers.get("content-encoding")).toBeNull();
    session = connect(nginx.http2);
    const over2 = session.request({ ":path": "/api/main/events", ...headers });
    const head = await new Promise<Record<string, unknown>>((resolve) => over2.once("response", resolve));
    expect([head[":status"], head["content-encoding"]]).toEqual([200, undefined]);
    // An unbuffered stream gives its first sign of life while nothing at all happens.
    const [read1, read2] = [over1.body!.getReader(), over2[Symbol.asyncIterator]()];
    expect(new TextDecoder().decode((await read1.read()).value)).toContain("event: hb");
    expect(String((await read2.next()).value)).toContain("event: hb");
    read1.releaseLock();
    id = (await arrive()).split("/")[2]!;
    const [text1, text2] = await Promise.all([
      readUntil(over1.body as unknown as AsyncIterable<Uint8Array>, () => id),
      readUntil({ [Symbol.asyncIterator]: () => read2 }, () => id),
    ]);
    expect([text1, text2].every((text) => text.includes(id))).toBe(true);
  } finally {
    session?.destroy();
    await nginx.stop();
  }
});

test("with streams open SIGTERM ends the server within seconds, and each tab knows", async ({ browser }) => {
  const { context, openTab } = await openBrowser(browser);
  const page = await openTab();
  await expect.poll(() => stateOf(page)).toBe("live");
  const others = await Promise.all(
    Array.from({ length: 20 }, () => fetch(`${app.url}/api/main/events`, { headers: { cookie } })),
  );
  let askedMs = Number.POSITIVE_INFINITY;
  const ends = others.map(async (answer) => ({ text: await answer.text(), afterMs: Date.now() - askedMs }));
  askedMs = Date.now();
  app.child.kill("SIGTERM");
  for (const { text, afterMs } of await Promise.all(ends)) {
    expect(text).toMatch(/\n\n$/);
    // The server lets them go; what does not end by itself it would cut off after five seconds.
    expect(afterMs).toBeLessThan(4_000);
  }
  expect(await app.exited, app.output()).toBe(0);
  // Whatever else is under way (a reading of incidents) has a few seconds more.
  expect(Date.now() - askedMs).toBeLessThan(15_000);
  await expect.poll(() => stateOf(page)).toBe("late");
  await context.close();
});
