import "server-only";
import { randomBytes } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { StartupError } from "@/lib/server/startup-error";

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : "unknown fault";
}

function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8").trim();
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw new StartupError(
      `The file ${path} cannot be read (${codeOf(error)}); give this user the right to it.`,
    );
  }
}

/** Written whole and synced before it gets its name: a crash leaves either what was there or a good new one. */
function write(path: string, text: string, name: (draft: string) => void): void {
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const file = openSync(/* turbopackIgnore: true */ draft, "wx", 0o600);
    try {
      writeSync(file, `${text}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    name(draft);
  } catch (error) {
    if (codeOf(error) !== "EEXIST")
      throw new StartupError(
        `The file ${path} cannot be made (${codeOf(error)}); give this user the right to its folder.`,
      );
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Puts another text in the place of a secret file's, at once or not at all. Throws `StartupError`. */
export function replaceSecretFile(path: string, text: string): void {
  write(path, text, (draft) => renameSync(draft, path));
}

/** The text of a secret file (mode 0600), made by `make` when there is none. Throws `StartupError`. */
export function readOrMakeSecretFile(path: string, make: () => string): string {
  const present = read(path);
  if (present !== null) return present;
  // A link fails when the name exists: of two processes the second takes over what the first made.
  write(path, make(), (draft) => linkSync(draft, path));
  const made = read(path);
  if (made === null || made === "")
    throw new StartupError(`The file ${path} is empty; restore it from a backup.`);
  return made;
}
