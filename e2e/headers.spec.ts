import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hostileHeaders } from "../lib/server/proxy/testing/hostile-headers";
import { everyCall, everyPage } from "./fixtures/addresses";
import { freePort } from "./fixtures/own-app";
import { base, cookieHeader, raw, type RawAnswer } from "./fixtures/raw";
import { expect, test } from "./fixtures/test";

/** Every header that an answer of ours may carry; a new one is added here on purpose. */
const ours = new Set([
  "cache-control",
  "connection",
  "content-disposition",
  "content-encoding",
  "content-length",
  "content-security-policy",
  "content-type",
  "cross-origin-opener-policy",
  "cross-origin-resource-policy",
  "date",
  "keep-alive",
  "link",
  "location",
  "permissions-policy",
  "referrer-policy",
  "retry-after",
  "strict-transport-security",
  "transfer-encoding",
  "vary",
  "x-accel-buffering",
  "x-content-type-options",
  "x-frame-options",
  "x-request-id",
]);

const addresses = [...everyPage("main"), ...everyCall("main")];

/** The answer in the end: Next sends what calls itself a page's data on to the same address, marked so, before anybody has looked at it. */
async function answerOf(address: string, headers: Readonly<Record<string, string>>): Promise<RawAnswer> {
  const answer = await raw("GET", address, headers);
  const sentOn = String(answer.headers.location ?? "");
  return sentOn.startsWith(`${address}?_rsc`) ? raw("GET", sentOn, headers) : answer;
}

/** Where sign-in leads back to is the address that was asked for. */
const refusal = ({ status, headers }: RawAnswer) =>
  `${status} ${String(headers.location ?? "")}`.replace(/%3F_rsc[^&]*$/, "");

const foreignOf = ({ headers }: RawAnswer) => Object.keys(headers).filter((name) => !ours.has(name));

test.describe("SEC-03: headers steer nothing", () => {
  test.use({ person: "admin@demo.test" });

  test("without a session every page and call refuses the same with each of them, alone and all together", async () => {
    test.setTimeout(240_000);
    const alone = Object.entries(hostileHeaders).map(([name, value]) => ({ [name]: value }));
    for (const address of addresses) {
      const plain = refusal(await raw("GET", address, {}));
      expect(plain, address).toMatch(/^(401|405) $|^307 (http:\/\/127\.0\.0\.1:\d+)?\/sign-in/);
      for (const headers of [...alone, hostileHeaders]) {
        const answer = await answerOf(address, headers);
        expect(refusal(answer), `${address} with ${Object.keys(headers).join()}`).toBe(plain);
      }
    }
  });

  test("no answer carries a header that we do not know of, and none changes its protocol", async ({
    signedIn,
    context,
  }) => {
    test.setTimeout(120_000);
    await signedIn.close();
    const cookie = await cookieHeader(context);
    const ways: Readonly<Record<string, string>>[] = [{}, { cookie }];
    ways.push({ cookie, connection: "Upgrade", upgrade: "websocket", "sec-websocket-version": "13" });
    for (const address of addresses)
      for (const headers of ways) {
        const answer = await raw("GET", address, headers);
        expect(foreignOf(answer), address).toEqual([]);
        expect(answer.status, address).toBeGreaterThanOrEqual(200);
        expect(answer.status, address).toBeLessThan(500);
      }
  });
});

/** A cache in front of the app. `vcl` goes before the default rules. */
async function startVarnish(program: string, vcl: string) {
  const folder = mkdtempSync(join(tmpdir(), "watchfloor-varnish-"));
  const port = await freePort();
  const rules = join(folder, "rules.vcl");
  writeFileSync(
    rules,
    `vcl 4.1;\nbackend app { .host = "${base.hostname}"; .port = "${base.port}"; }\n${vcl}\n`,
  );
  const child = spawn(
    program,
    ["-F", "-n", folder, "-a", `127.0.0.1:${port}`, "-f", rules, "-s", "malloc,64m", "-j", "none"],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString("utf8");
    });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const at = new URL(`http://127.0.0.1:${port}`);
  await expect
    .poll(
      () =>
        raw("GET", "/api/health/live", {}, { at }).then(
          ({ status }) => status,
          () => output,
        ),
      {
        timeout: 30_000,
      },
    )
    .toBe(200);
  return {
    at,
    async stop() {
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Varnish names two requests where an answer came out of its store: this one, and the one that brought it. */
const wasStored = ({ headers }: RawAnswer) => String(headers["x-varnish"]).trim().includes(" ");

test.describe("SEC-15: a cache in front keeps nothing of what a person was shown", () => {
  test.use({ person: "admin@demo.test" });
  const program = process.env.VARNISH_PATH ?? "";
  test.skip(program === "", "Varnish cannot be had on this machine.");

  const rules = {
    "with its default rules": "",
    // Worse than anybody would do on purpose: whoever asks is looked for in the store, cookies or not.
    "with rules that do not look at cookies": "sub vcl_recv { return (hash); }",
  };
  for (const [title, vcl] of Object.entries(rules))
    test(title, async ({ signedIn, context }) => {
      test.setTimeout(180_000);
      const cookie = await cookieHeader(context);
      await signedIn.goto("/main/account");
      const chunk = await signedIn.locator("script[src*='/_next/static/']").first().getAttribute("src");
      await signedIn.close();
      const varnish = await startVarnish(program, vcl);
      try {
        const twice = async (address: string, headers: Record<string, string>) => {
          await raw("GET", address, headers, { at: varnish.at });
          return raw("GET", address, headers, { at: varnish.at });
        };
        // It does keep what may be kept, or the rest would show nothing.
        expect(wasStored(await twice(chunk ?? "", {}))).toBe(true);
        const stored: string[] = [];
        for (const address of addresses) {
          if (wasStored(await twice(address, { cookie }))) stored.push(address);
          if (wasStored(await raw("GET", address, {}, { at: varnish.at })))
            stored.push(`${address}, asked by nobody`);
        }
        expect(stored).toEqual([]);
      } finally {
        await varnish.stop();
      }
    });
});
