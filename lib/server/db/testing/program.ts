import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** A TypeScript program of ours in a process of its own, spoken to line by line. */
export interface Program {
  readonly child: ChildProcess;
  /** Everything that it has printed so far. */
  readonly lines: string[];
  /** The line with this number (from 0), as soon as it is there. Rejects when the program ends first. */
  line(index: number): Promise<string>;
  send(line: string): void;
  /** Resolves when it has ended and all its output is read. */
  readonly ended: Promise<void>;
  kill(): Promise<void>;
}

/** Starts a program with the loader that the scripts use. */
export function startProgram(file: string, args: readonly string[]): Program {
  const child = spawn(process.execPath, ["--import", "tsx", "--conditions=react-server", file, ...args], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines: string[] = [];
  const waiting: { index: number; resolve: (line: string) => void; reject: (error: Error) => void }[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => {
    lines.push(line);
    for (const { index, resolve } of waiting) if (index === lines.length - 1) resolve(line);
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  void ended.then(() => {
    for (const { index, reject } of waiting)
      if (index >= lines.length) reject(new Error(`${file} ended after ${lines.length} lines`));
  });
  return {
    child,
    lines,
    line: (index) =>
      new Promise((resolve, reject) => {
        const line = lines[index];
        if (line !== undefined) resolve(line);
        else waiting.push({ index, resolve, reject });
      }),
    send: (line) => void child.stdin.write(`${line}\n`),
    ended,
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
