import { createServer, type Server } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import { answerUpstreamCall, isUpstreamCall } from "./upstream-calls.mjs";

type Answer = (request: Request) => Promise<Response>;

let server: Server | null = null;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
});

async function serve(answer: Answer): Promise<string> {
  const made = createServer((incoming, outgoing) => void answerUpstreamCall(answer, incoming, outgoing));
  server = made;
  await new Promise<void>((resolve) => made.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(made.address() as AddressInfo).port}`;
}

/** Bytes over a socket of our own: `fetch` unpacks and hides what a connection does. */
function exchange(origin: string, text: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(new URL(origin).port), "127.0.0.1", () => socket.write(text));
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.on("end", () => resolve(Buffer.concat(chunks)));
    socket.on("error", reject);
  });
}

describe("only calls that go through to upstream pass by Next", () => {
  test.each(["/api/main/v2/webhooks", "/api/main/v2/", "/api/%6dain/v2/users?x=1"])("%s", (target) => {
    expect(isUpstreamCall(target)).toBe(true);
  });
  test.each([
    "/main/incidents",
    "/api/main/workspaces",
    "/api/main/v2",
    "/api/v2/webhooks",
    "/api/a/b/v2/x",
    "/api/x?/v2/",
  ])("%s is Next's", (target) => {
    expect(isUpstreamCall(target)).toBe(false);
  });
});

describe("a call over node:http is the same call for the proxy", () => {
  test("method, encoded path, query, headers and body arrive; status, body and headers come back with the security headers", async () => {
    const origin = await serve(async (request) => {
      const seen = {
        method: request.method,
        url: request.url,
        own: request.headers.get("x-watchfloor"),
        body: await request.text(),
      };
      return Response.json(seen, { status: 201, headers: { "x-request-id": "r-1" } });
    });
    const answer = await fetch(`${origin}/api/main/v2/a%2Fb?q=%20`, {
      method: "POST",
      headers: { "x-watchfloor": "1" },
      body: '{"a":"ä"}',
    });
    expect(answer.status).toBe(201);
    expect(await answer.json()).toEqual({
      method: "POST",
      url: "http://watchfloor.invalid/api/main/v2/a%2Fb?q=%20",
      own: "1",
      body: '{"a":"ä"}',
    });
    expect(answer.headers.get("x-request-id")).toBe("r-1");
    expect(answer.headers.get("x-frame-options")).toBe("DENY");
    expect(answer.headers.get("content-security-policy")).toBe("default-src 'none'; frame-ancestors 'none'");
  });

  test("an answer of some size is packed for whoever takes gzip, and for nobody else", async () => {
    const text = JSON.stringify("row ".repeat(2_000));
    const origin = await serve(async () => new Response(text));
    const raw = (line: string) =>
      exchange(origin, `GET /api/m/v2/x HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${line}\r\n`);
    const packed = await raw("accept-encoding: br, gzip\r\n");
    expect(gunzipSync(packed.subarray(packed.indexOf("\r\n\r\n") + 4)).toString()).toBe(text);
    for (const line of ["", "accept-encoding: gzip;q=0\r\n", "accept-encoding: br\r\n"]) {
      const plain = await raw(line);
      expect(plain.subarray(plain.indexOf("\r\n\r\n") + 4).toString()).toBe(text);
    }
  });

  test("a body that the proxy did not read is never taken for the next call on the connection", async () => {
    const seen: string[] = [];
    const origin = await serve(async (request) => {
      seen.push(new URL(request.url).pathname);
      return new Response(null, { status: 404 });
    });
    const hidden = "GET /api/m/v2/hidden HTTP/1.1\r\nhost: x\r\n\r\n";
    await exchange(
      origin,
      `POST /api/m/v2/first HTTP/1.1\r\nhost: x\r\ncontent-length: ${hidden.length}\r\n\r\n${hidden}` +
        "GET /api/m/v2/second HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
    );
    expect(seen).toEqual(["/api/m/v2/first", "/api/m/v2/second"]);
  });

  test("the call's signal ends when the caller leaves", async () => {
    let arrived: () => void = () => undefined;
    const here = new Promise<void>((resolve) => (arrived = resolve));
    let left: () => void = () => undefined;
    const gone = new Promise<void>((resolve) => (left = resolve));
    const origin = await serve((request) => {
      arrived();
      return new Promise((resolve) =>
        request.signal.addEventListener("abort", () => {
          left();
          resolve(new Response(null, { status: 499 }));
        }),
      );
    });
    const socket = connect(Number(new URL(origin).port), "127.0.0.1", () =>
      socket.write("GET /api/m/v2/x HTTP/1.1\r\nhost: x\r\n\r\n"),
    );
    await here;
    socket.destroy();
    await gone;
  });

  test("a method that the Fetch API does not know is refused", async () => {
    const origin = await serve(async () => new Response("never"));
    const answer = await exchange(
      origin,
      "TRACE /api/m/v2/x HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
    );
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 400 /);
  });
});
