import autocannon from "autocannon";
import { createServer } from "node:http";
import { Pool } from "undici";
import { demoCredentials } from "../scripts/lib/stage.mjs";
import { setLatency } from "./emulator.mjs";
import { measuredPath } from "./proxied-read.mjs";

/** The peer: the least code that proxies with node:http and undici. */
async function startBareProxy(emulator) {
  const { clientId, secret } = demoCredentials.main;
  const authorization = `Basic ${Buffer.from(`${clientId}:${secret}`).toString("base64")}`;
  const pool = new Pool(new URL(emulator.url).origin, { connections: 16 });
  const server = createServer(async (incoming, answer) => {
    const upstream = await pool.request({
      method: "GET",
      path: `/api/v2${incoming.url}`,
      headers: { authorization },
    });
    answer.writeHead(upstream.statusCode, { "content-type": "application/json" });
    upstream.body.pipe(answer);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await pool.close();
    },
  };
}

async function perSecond(url, headers = {}) {
  const result = await autocannon({ url, headers, connections: 16, duration: 8 });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} refusals, ${result.errors} errors`);
  return result.requests.average;
}

/** Proxied reads at 16 connections and no upstream latency, requests per second. Equal reads are joined by our single-flight. */
export async function measureThroughput({ app, cookie, emulator }) {
  const path = await measuredPath(emulator);
  await setLatency(emulator, 0);
  const peer = await startBareProxy(emulator);
  try {
    const ours = `${app}/api/main/v2${path}`;
    await perSecond(ours, { cookie });
    const [a, b] = [await perSecond(ours, { cookie }), await perSecond(`${peer.url}${path}`)];
    return [
      [
        "proxied reads, 16 connections (node:http + undici)",
        `${a.toFixed(0)}/s`,
        `${b.toFixed(0)}/s`,
        `${(a / b).toFixed(3)} ×`,
        "report",
      ],
    ];
  } finally {
    await peer.stop();
  }
}
