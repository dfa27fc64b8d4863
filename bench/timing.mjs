import { request } from "node:http";

/** Value below which `share` of the sorted samples lie (nearest rank). */
export function percentile(samples, share) {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}

/** One GET over a keep-alive agent; resolves with milliseconds from sending to the last byte. */
export function timedGet(url, { agent, headers }) {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const call = request(url, { agent, headers }, (answer) => {
      let size = 0;
      answer.on("data", (chunk) => {
        size += chunk.length;
      });
      answer.on("end", () => {
        if (answer.statusCode !== 200 || size === 0)
          reject(new Error(`${url} answered ${answer.statusCode} with ${size} bytes`));
        else resolve(performance.now() - started);
      });
    });
    call.on("error", reject);
    call.end();
  });
}
