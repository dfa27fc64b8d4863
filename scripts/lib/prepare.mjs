import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exitCode, output, root, run } from "./run.mjs";

const npm = process.platform === "win32" ? "npm.cmd" : "npm";

/** Refuses a Node that the dependencies do not run on, in one sentence. */
export function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Error(`Watchfloor needs Node 20.19 or newer; this is ${process.versions.node}.`);
}

/** Installs exactly what the lockfile says, unless that very lockfile is installed already. */
export async function ensureInstalled() {
  requireNode();
  const hash = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  const stamp = join(root, "node_modules", ".watchfloor-lock");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return;
  console.log("Installing dependencies (about two minutes the first time) …");
  await run(npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
    shell: process.platform === "win32",
  });
  writeFileSync(stamp, hash);
}

const sources = [
  "app",
  "components",
  "lib",
  "public",
  "next.config.mjs",
  "proxy.ts",
  "instrumentation.ts",
  "tailwind.config.ts",
  "package-lock.json",
  "tsconfig.json",
];

/** Digest of everything that goes into the build. */
function sourceHash() {
  const hash = createHash("sha256");
  const add = (path) => {
    if (!existsSync(path)) return;
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort()) add(join(path, name));
    } else if (!/\.test\.tsx?$/.test(path)) {
      hash.update(path.slice(root.length)).update(readFileSync(path));
    }
  };
  for (const source of sources) add(join(root, source));
  return hash.digest("hex");
}

/** Makes the production build, unless the one at hand was made from the same sources. */
export async function ensureBuilt() {
  const stamp = join(root, ".next", "watchfloor-sources");
  const hash = sourceHash();
  if (
    existsSync(join(root, ".next", "BUILD_ID")) &&
    existsSync(stamp) &&
    readFileSync(stamp, "utf8") === hash
  )
    return;
  console.log("Building Watchfloor …");
  await run(process.execPath, [nextCli, "build"], {
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" },
  });
  writeFileSync(stamp, hash);
}

/** Next's own command, run by Node directly so that signals and exit codes arrive. */
export const nextCli = join(root, "node_modules", "next", "dist", "bin", "next");

/** Runs TypeScript programs of ours with Node. */
export const tsx = ["--import", "tsx"];

async function aptInstall(packages) {
  if (process.platform !== "linux" || (await output("apt-get", ["--version"])) === null) return false;
  const isRoot = process.getuid?.() === 0;
  const prefix = isRoot ? [] : ["sudo", "-n"];
  const command = (args) =>
    exitCode([...prefix, "apt-get", ...args][0], [...prefix, "apt-get", ...args].slice(1), {
      stdio: "ignore",
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
  console.log(`Installing ${packages.join(", ")} …`);
  await command(["update", "-qq"]);
  return (await command(["install", "-y", "-qq", "--no-install-recommends", ...packages])) === 0;
}

async function find(names) {
  for (const name of names) {
    if (name.includes("/") && existsSync(name)) return name;
    const path = name.includes("/") ? null : await output("sh", ["-c", `command -v ${name}`]);
    if (path) return path;
  }
  return null;
}

const chromiumNames = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** Path of a Chromium for the browser tests; installs the system's package where it can. */
export async function ensureChromium() {
  const given = process.env.CHROMIUM_PATH;
  const path = given && existsSync(given) ? given : await find(chromiumNames);
  if (path) return path;
  await aptInstall(["chromium"]);
  const installed = await find(chromiumNames);
  if (!installed)
    throw new Error("The browser tests need Chromium: install it, or set CHROMIUM_PATH to its program.");
  return installed;
}

/** Path of nginx for benchmarks and the test of live streams, or null when it cannot be had. */
export async function ensureNginx() {
  const names = ["nginx", "/usr/sbin/nginx"];
  const path = await find(names);
  if (path) return path;
  await aptInstall(["nginx-light"]);
  return find(names);
}

/** Path of nginx's module nchan for the benchmark of live streams; it has to be one of the same nginx. */
export async function ensureNchan() {
  const names = ["/usr/lib/nginx/modules/ngx_nchan_module.so"];
  if (!(await find(names))) await aptInstall(["libnginx-mod-nchan"]);
  const path = await find(names);
  if (!path)
    throw new Error("The benchmark compares with nchan, which cannot be had on this machine: install it.");
  return path;
}

/** Path of Varnish for the test of caches, or null when it cannot be had. */
export async function ensureVarnish() {
  const names = ["varnishd", "/usr/sbin/varnishd"];
  const path = await find(names);
  if (path) return path;
  await aptInstall(["varnish"]);
  return find(names);
}

/** Folder of PostgreSQL's server programs, or null when they cannot be had. */
export async function ensurePostgres() {
  const locate = async () => {
    const base = "/usr/lib/postgresql";
    if (existsSync(base)) {
      const versions = readdirSync(base).filter((name) => existsSync(join(base, name, "bin", "initdb")));
      const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
      if (newest) return join(base, newest, "bin");
    }
    const initdb = await find(["initdb"]);
    return initdb ? initdb.replace(/\/initdb$/, "") : null;
  };
  const found = await locate();
  if (found) return found;
  await aptInstall(["postgresql"]);
  return locate();
}
