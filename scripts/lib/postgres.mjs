import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./ports.mjs";
import { ensurePostgres } from "./prepare.mjs";
import { exitCode } from "./run.mjs";

/**
 * A throw-away PostgreSQL on a loopback port, or null where none can be had.
 * Its server refuses to run as root, so there it runs as the system's `postgres` account.
 */
export async function startPostgres() {
  const bin = await ensurePostgres();
  if (!bin) return null;
  const folder = mkdtempSync(join(tmpdir(), "watchfloor-pg-"));
  const data = join(folder, "data");
  const port = await freePort();
  const isRoot = process.getuid?.() === 0;
  if (isRoot) await exitCode("chown", ["postgres", folder], { stdio: "ignore" });
  else chmodSync(folder, 0o700);
  const as = (command, args) =>
    isRoot
      ? exitCode(
          "su",
          ["postgres", "-s", "/bin/sh", "-c", [command, ...args].map((part) => `'${part}'`).join(" ")],
          { stdio: "ignore", cwd: folder },
        )
      : exitCode(command, args, { stdio: "ignore", cwd: folder });
  if ((await as(join(bin, "initdb"), ["-D", data, "-U", "watchfloor", "--auth=trust", "-E", "UTF8"])) !== 0)
    return null;
  const settings = `-c listen_addresses=127.0.0.1 -c port=${port} -c unix_socket_directories=${folder} -c fsync=off`;
  const log = join(folder, "log");
  if ((await as(join(bin, "pg_ctl"), ["-D", data, "-w", "-l", log, "-o", settings, "start"])) !== 0)
    return null;
  return {
    url: `postgres://watchfloor@127.0.0.1:${port}/postgres`,
    async stop() {
      await as(join(bin, "pg_ctl"), ["-D", data, "-m", "immediate", "stop"]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
