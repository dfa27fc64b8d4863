import { spawn } from "node:child_process";
import { root } from "../scripts/lib/run.mjs";

/** Runs a program of ours that prints JSON on its last line. */
function runProgram(file) {
  return new Promise((resolve, reject) => {
    const args = ["--import", "tsx", "--conditions=react-server", file];
    const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(JSON.parse(output.trimEnd().split("\n").at(-1)));
      else reject(new Error(`${file} ended with ${code}.`));
    });
  });
}

/** Filter, sort, total and facets of the register over 100,000 incidents, beside hand-written SQL over the same rows. */
export async function measureRegister() {
  const { incidents, rounds, results, campaigns } = await runProgram("bench/register-run.ts");
  const lists = results.map(({ name, ours, theirs }) => [
    `register of ${incidents}: ${name}, p95 of ${rounds} (hand-written SQL)`,
    `${ours.toFixed(1)} ms`,
    `${theirs.toFixed(1)} ms`,
    `${(ours / theirs).toFixed(2)} ×`,
    "≤ 2 ×, ≤ 100 ms",
  ]);
  const searches = campaigns.map(({ days, p95 }) => [
    `campaigns of ${days} days among ${incidents}, p95 of ${rounds}`,
    `${p95.toFixed(1)} ms`,
    "–",
    "–",
    "≤ 1,000 ms",
  ]);
  return [...lists, ...searches];
}
