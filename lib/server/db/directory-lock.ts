import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { readdirSync, readlinkSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { createConnection, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/*
 * The lock of the embedded store (RELIABILITY HA-07). The holder listens on a local socket of its own; the kernel closes it when the
 * process ends in any way, so a lock never outlives its holder and no process id can be mistaken for another's.
 *
 * `store.lock.<n>` is a symbolic link to the holder's socket. Making a link is atomic and fails when the name exists, so of many
 * starters that all find number n dead exactly one gets n + 1. Numbers only grow: the last link stays after a clean stop, because
 * a name that is free again would let two starters each believe that the other's lock is the stale one.
 *
 * Two processes see each other when they share the folder and the machine's kernel. A network folder used from two machines is not covered.
 */

/** Another process has the folder open. */
export class DirectoryLocked extends Error {
  constructor() {
    super("Another process holds this folder.");
    this.name = "DirectoryLocked";
  }
}

export interface DirectoryLock {
  release(): Promise<void>;
}

const linkName = /^store\.lock\.(\d+)$/;
/** `sun_path` holds 104 bytes on macOS and 108 on Linux, with a closing zero. */
const longestSocketPath = 100;

/** A path for our own socket: in the folder, or in the system's temporary folder (named after the real folder) when that is too long. */
function socketPath(folder: string): string {
  const own = randomBytes(6).toString("hex");
  const beside = join(folder, `store.${own}.sock`);
  if (Buffer.byteLength(beside) <= longestSocketPath) return beside;
  const digest = createHash("sha256").update(folder).digest("hex").slice(0, 16);
  return join(tmpdir(), `watchfloor-${digest}-${own}.sock`);
}

function listen(path: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once("error", reject);
    server.listen(path, () => {
      server.off("error", reject);
      server.unref();
      resolve(server);
    });
  });
}

/** False only when nobody can be behind the path: refused, or no such file. Any doubt counts as alive. */
function isAlive(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", (error: NodeJS.ErrnoException) => {
      resolve(error.code !== "ECONNREFUSED" && error.code !== "ENOENT");
    });
  });
}

/** Numbers of the links in the folder, highest first. */
function generations(folder: string): number[] {
  return readdirSync(folder)
    .flatMap((name) => linkName.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => b - a);
}

function linkPath(folder: string, generation: number): string {
  return join(folder, `store.lock.${generation}`);
}

function targetOf(folder: string, generation: number): string | null {
  try {
    return readlinkSync(linkPath(folder, generation));
  } catch {
    return null;
  }
}

/** Makes link number `generation` to our socket; false when another starter was quicker. */
function claim(folder: string, generation: number, socket: string): boolean {
  try {
    symlinkSync(socket, linkPath(folder, generation));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
  // A slow starter may claim a number that a quicker one had passed and cleared away already.
  if (generations(folder)[0] === generation) return true;
  rmSync(linkPath(folder, generation), { force: true });
  return false;
}

function clearOlder(folder: string, than: number): void {
  for (const generation of generations(folder).filter((candidate) => candidate < than)) {
    const socket = targetOf(folder, generation);
    rmSync(linkPath(folder, generation), { force: true });
    if (socket) rmSync(socket, { force: true });
  }
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

async function lockByLinks(folder: string): Promise<DirectoryLock> {
  const socket = socketPath(folder);
  const server = await listen(socket);
  try {
    for (;;) {
      const last = generations(folder)[0] ?? 0;
      const holder = last === 0 ? null : targetOf(folder, last);
      if (holder !== null && (await isAlive(holder))) throw new DirectoryLocked();
      if (!claim(folder, last + 1, socket)) continue;
      clearOlder(folder, last + 1);
      return { release: () => close(server) };
    }
  } catch (error) {
    await close(server);
    throw error;
  }
}

/** Windows: a named pipe can be made by one process only and is gone with it. */
async function lockByPipe(folder: string): Promise<DirectoryLock> {
  const digest = createHash("sha256").update(folder.toLowerCase()).digest("hex").slice(0, 32);
  try {
    const server = await listen(`\\\\.\\pipe\\watchfloor-${digest}`);
    return { release: () => close(server) };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") throw new DirectoryLocked();
    throw error;
  }
}

/**
 * Takes the folder for this process until `release()` or the end of the process.
 * Throws `DirectoryLocked` when another living process holds it, or the file system's error when the folder cannot be written.
 */
export async function lockDirectory(folder: string): Promise<DirectoryLock> {
  const real = realpathSync(folder);
  return process.platform === "win32" ? lockByPipe(real) : lockByLinks(real);
}
