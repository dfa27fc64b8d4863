import { Agent } from "node:http";
import { demoCredentials, demoWorkspaces } from "../scripts/lib/stage.mjs";
import { setLatency } from "./emulator.mjs";
import { startNginx } from "./nginx.mjs";
import { percentile, timedGet } from "./timing.mjs";

const rounds = 400;
const warmUp = 60;

/** The read that is measured: the data sources of one workspace. */
export async function measuredPath(emulator) {
  const [workspaceId] = await demoWorkspaces(emulator.baseUrl);
  return `/workspaces/${workspaceId}/datasources`;
}

/** One proxied read at 50 ms upstream, one at a time, ours and nginx by turns. */
export async function measureProxiedRead({ app, cookie, emulator, nginx, folder }) {
  const { clientId, secret } = demoCredentials.main;
  const authorization = `Basic ${Buffer.from(`${clientId}:${secret}`).toString("base64")}`;
  const peer = await startNginx({ program: nginx, upstream: emulator.baseUrl, authorization, folder });
  const path = await measuredPath(emulator);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ours = () => timedGet(`${app}/api/main/v2${path}`, { agent, headers: { cookie } });
  const theirs = () => timedGet(`${peer.url}/api/v2${path}`, { agent, headers: {} });
  try {
    await setLatency(emulator, 50);
    const samples = { ours: [], theirs: [] };
    for (let round = -warmUp; round < rounds; round++) {
      const a = await ours();
      const b = await theirs();
      if (round >= 0) {
        samples.ours.push(a);
        samples.theirs.push(b);
      }
    }
    return [
      [0.5, "p50", "≤ 1.10 ×"],
      [0.99, "p99", "≤ 1.5 ×"],
    ].map(([share, name, budget]) => {
      const [a, b] = [percentile(samples.ours, share), percentile(samples.theirs, share)];
      return [
        `proxied read, 50 ms upstream, ${name} of ${rounds} (nginx)`,
        `${a.toFixed(1)} ms`,
        `${b.toFixed(1)} ms`,
        `${(a / b).toFixed(2)} ×`,
        budget,
      ];
    });
  } finally {
    agent.destroy();
    await peer.stop();
    await fetch(`${emulator.url}/_emulator/faults`, { method: "DELETE" });
  }
}
