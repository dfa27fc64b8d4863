import { addresses } from "../lib/contract/addresses.gen";
import { emulator } from "./fixtures/emulator";
import { base, cookieHeader, raw } from "./fixtures/raw";
import { expect, test } from "./fixtures/test";

const hostile = [
  "%2e%2e%2f%2e%2e%2fservice-accounts",
  "..%2f..%2fusers",
  "%2e%2e",
  "..",
  ".",
  "%5c..%5c",
  "%5c%5cevil.example",
  "%2f%2fevil.example",
  ";x=1",
  "a;b",
  "%00",
  "a%00b",
  "%0d%0aX-Evil:1",
  "%252e%252e%252f",
  "%",
  "%zz",
  "%c0%ae",
  "https:%2f%2fevil.example",
];

const templateOf = (path: string) =>
  new RegExp(
    `^/api/v2${path.replaceAll(/[.*+?^$()|[\]\\]/g, "\\$&").replaceAll(/\{[^}]+\}/g, "[^/?]+")}(\\?.*)?$`,
  );

test.describe("request segments cannot steer the credential", () => {
  test.use({ person: "admin@demo.test" });

  test("nothing but an operation's own template reaches upstream, over HTTP and on the built app", async ({
    signedIn,
    context,
  }) => {
    test.setTimeout(240_000);
    await signedIn.close();
    const cookie = await cookieHeader(context);
    const headers = {
      cookie,
      "x-watchfloor": "1",
      "content-type": "application/json",
      origin: base.origin,
      "sec-fetch-site": "same-origin",
    };
    await emulator.reset();
    let sent = 0;
    for (const { method, path } of Object.values(addresses)) {
      const names = [...path.matchAll(/\{([^}]+)\}/g)].map(([whole]) => whole);
      for (const name of names) {
        for (const evil of hostile) {
          const filled = path.replaceAll(/\{[^}]+\}/g, (whole) =>
            whole === name ? evil : "6eca6a1f-b7d1-4bb8-a055-35ad6bb4b9b1",
          );
          const answer = await raw(
            method,
            `/api/main/v2${filled}`,
            headers,
            method === "GET" ? {} : { body: "{}" },
          );
          sent += 1;
          // Free text such as an incident title may hold any of these; then it travels encoded, inside its own segment (below).
          expect(answer.status, `${method} ${filled}: ${answer.body}`).toBeLessThan(500);
          expect(answer.headers.location, `${method} ${filled} leads nowhere`).toBeUndefined();
        }
      }
    }
    expect(sent).toBeGreaterThan(400);
    expect((await raw("GET", "//evil.example/api/main/v2/webhooks", headers)).status).toBe(400);
    expect((await raw("GET", "http://evil.example/api/main/v2/webhooks", headers)).status).toBe(400);
    const { requests } = await emulator.stats();
    for (const seen of requests) {
      expect(seen.operation, `${seen.method} ${seen.rawPath} is one of the 60`).not.toBeNull();
      const address = addresses[seen.operation as keyof typeof addresses];
      expect(seen.method).toBe(address.method);
      expect(seen.rawPath).toMatch(templateOf(address.path));
      const segments = seen.rawPath.split("?", 1)[0]?.split("/") ?? [];
      for (const segment of segments) {
        const text = decodeURIComponent(segment);
        expect(text, seen.rawPath).not.toMatch(/^\.{1,2}(;|$)|[\x00-\x1f\x7f]/);
        if (text !== segment) expect(segment, "encoded by us, once").toBe(encodeURIComponent(text));
      }
    }
  });

  test("calls without a session, without our header, or from another site are refused and never sent", async ({
    signedIn,
    context,
  }) => {
    await signedIn.close();
    const cookie = await cookieHeader(context);
    await emulator.reset();
    const walk = "/api/main/v2/incidents/across-workspaces";
    const body = JSON.stringify({ cursor: null, sources: [], timeFilterSelection: { type: "ThreeHours" } });
    const json = { "content-type": "application/json" };
    expect((await raw("GET", "/api/main/v2/webhooks", {})).status).toBe(401);
    expect((await raw("POST", walk, { ...json, "x-watchfloor": "1" }, { body })).status).toBe(401);
    expect((await raw("POST", walk, { ...json, cookie, origin: base.origin }, { body })).status).toBe(403);
    expect(
      (
        await raw(
          "POST",
          walk,
          {
            ...json,
            cookie,
            "x-watchfloor": "1",
            "sec-fetch-site": "cross-site",
            origin: "https://evil.example",
          },
          { body },
        )
      ).status,
    ).toBe(403);
    expect((await raw("GET", "/api/globex/v2/webhooks", { cookie })).status).toBe(404);
    expect((await raw("GET", "/api/nowhere/v2/webhooks", { cookie })).status).toBe(404);
    expect((await raw("GET", "/api/main/v2/webhooks", { cookie, authorization: "Basic eDp5" })).status).toBe(
      400,
    );
    expect((await raw("GET", "/api/main/v2/not-an-operation", { cookie })).status).toBe(404);
    expect((await raw("PATCH", "/api/main/v2/webhooks", { cookie })).status).toBe(405);
    expect((await emulator.stats()).total).toBe(0);
    const good = await raw("GET", "/api/main/v2/webhooks", { cookie });
    expect(good.status).toBe(200);
    expect(good.headers["cache-control"]).toContain("no-store");
  });
});
