import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { fileURLToPath } from "node:url";

/** The project's folder. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

/** Runs a command to its end with our own output; throws when it fails. */
export async function run(command, args, options = {}) {
  const code = await exitCode(command, args, options);
  if (code !== 0) throw new Error(`${[command, ...args].join(" ")} ended with code ${code}`);
}

/** Runs a command to its end and returns its exit code. */
export function exitCode(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: "inherit", ...options });
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(code ?? (signal ? 128 : 1)));
  });
}

/** Runs a command and returns what it printed, or null when it failed or is not there. */
export function output(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "ignore"], ...options });
    const chunks = [];
    child.stdout.on("data", (chunk) => chunks.push(chunk));
    child.once("error", () => resolve(null));
    child.once("exit", (code) => resolve(code === 0 ? Buffer.concat(chunks).toString("utf8").trim() : null));
  });
}

/**
 * Starts a long-running program whose output goes to a file (or to ours).
 * `stop()` sends SIGTERM and waits; after `graceMs` it sends SIGKILL.
 */
export function start(command, args, { logFile, env, ...options } = {}) {
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", logFile ? "pipe" : "inherit", logFile ? "pipe" : "inherit"],
    ...options,
  });
  if (logFile) {
    const log = createWriteStream(logFile, { flags: "a" });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
  }
  const exited = new Promise((resolve) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
    child.once("error", (error) => resolve({ code: 1, signal: null, error }));
  });
  const stop = async (graceMs = 10_000) => {
    if (child.exitCode !== null || child.signalCode !== null) return exited;
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), graceMs);
    const result = await exited;
    clearTimeout(timer);
    return result;
  };
  return { child, exited, stop };
}

/** Asks an address until it answers 2xx; fails early when the program behind it ends. */
export async function waitFor(url, { program, timeoutMs = 60_000, what = url } = {}) {
  const until = Date.now() + timeoutMs;
  let ended = null;
  void program?.exited.then((result) => {
    ended = result;
  });
  while (Date.now() < until) {
    if (ended) throw new Error(`${what} ended before it answered (code ${ended.code ?? ended.signal})`);
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
      if (answer.ok) return;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  throw new Error(`${what} did not answer within ${timeoutMs / 1000} s`);
}
