import { spawnSync } from "node:child_process";
import { createServer, type AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { readArguments, usage } from "./arguments";
import { StartError, startEmulator } from "./start";

describe("the command line", () => {
  it("has the defaults of the demo", () => {
    expect(readArguments([])).toMatchObject({ port: 4010, scenario: undefined, latencyP50Ms: undefined });
  });

  it("reads everything it names in its help", () => {
    const options = readArguments(
      "--port 4123 --scenario storm --seed 9 --latency-p50 120 --latency-p99 900 --page-size 3 --start 2026-11-24T09:00:00Z --frozen".split(
        " ",
      ),
    );
    expect(options).toEqual({
      port: 4123,
      scenario: "storm",
      seed: 9,
      latencyP50Ms: 120,
      latencyP99Ms: 900,
      pageSize: 3,
      startAt: "2026-11-24T09:00:00Z",
      frozen: true,
    });
    expect(readArguments(["--latency", "50"])).toMatchObject({ latencyP50Ms: 50, latencyP99Ms: undefined });
    expect(readArguments(["--help"])).toBeNull();
    for (const name of [
      "port",
      "scenario",
      "seed",
      "latency",
      "latency-p50",
      "latency-p99",
      "page-size",
      "start",
      "frozen",
    ])
      expect(usage).toContain(`--${name}`);
  });

  it.each([
    [["--port", "x"], '--port must be a whole number from 0 to 65535, not "x".'],
    [["--port", "70000"], '--port must be a whole number from 0 to 65535, not "70000".'],
    [["--seed", "-1"], /seed/],
    [
      ["--scenario", "calm"],
      'There is no scenario "calm"; there are quiet-night, working-day, storm, partial-outage, 500-workspaces.',
    ],
    [
      ["--latency", "5", "--latency-p50", "5"],
      "Give either --latency or --latency-p50 and --latency-p99, not both.",
    ],
    [["--latency-p99", "5"], "--latency-p99 needs --latency-p50."],
    [["--latency-p50", "9", "--latency-p99", "5"], "--latency-p99 (5) must not be below --latency-p50 (9)."],
    [["--start", "noon"], '--start must be an ISO 8601 date-time, not "noon".'],
    [["--colour"], /colour/],
    [["storm"], /storm/],
  ])("%j ends in one sentence", (args, sentence) => {
    const attempt = () => readArguments(args);
    expect(attempt).toThrow(StartError);
    expect(attempt).toThrow(sentence);
    try {
      attempt();
    } catch (error) {
      expect((error as Error).message).not.toContain("\n");
    }
  });
});

describe("a start that cannot be", () => {
  async function withTakenPort(body: (port: number) => Promise<void> | void): Promise<void> {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, "127.0.0.1", resolve));
    await body((holder.address() as AddressInfo).port);
    await new Promise((resolve) => holder.close(resolve));
  }

  it("names the port that is taken", () =>
    withTakenPort(async (port) => {
      await expect(startEmulator({ port, scenario: "quiet-night" })).rejects.toThrow(
        `Port ${port} on 127.0.0.1 is taken: free it, or choose another with --port.`,
      );
    }));

  it("ends the program with code 1 and that sentence alone", () =>
    withTakenPort((port) => {
      const result = spawnSync(
        process.execPath,
        ["--import", "tsx", "emulator/main.ts", "--port", String(port), "--scenario", "quiet-night"],
        { encoding: "utf8" },
      );
      expect(result.status).toBe(1);
      expect(result.stderr.trim()).toBe(
        `Port ${port} on 127.0.0.1 is taken: free it, or choose another with --port.`,
      );
      expect(result.stdout).toBe("");
    }));

  it("does not take a start time that is none", async () => {
    await expect(startEmulator({ startAt: "noon" })).rejects.toThrow(StartError);
  });

  it("leaves nothing behind after stop: the port is free again", async () => {
    const first = await startEmulator({ scenario: "quiet-night" });
    const port = Number(new URL(first.url).port);
    await fetch(`${first.url}/_emulator/health`);
    await first.stop();
    const second = await startEmulator({ port, scenario: "quiet-night" });
    expect(second.url).toBe(first.url);
    await second.stop();
  });
});
