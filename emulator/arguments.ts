import { parseArgs } from "node:util";
import { StartError, type StartOptions } from "./start";
import { type ScenarioName, scenarioNames } from "./world/scenarios";

export const usage = `Usage: npm run emulator -- [options]

  --port 4010              port on 127.0.0.1
  --scenario working-day   ${scenarioNames.join(" · ")}
  --seed 7                 same seed, same data
  --latency 50             milliseconds before each answer, or
  --latency-p50 120 --latency-p99 900
  --page-size 50           rows per page token (default: the scenario's)
  --start 2026-11-24T09:00:00Z   start of the emulator's clock (default: now)
  --frozen                 the clock stands still until it is moved
  --help`;

const names = [
  "port",
  "scenario",
  "seed",
  "latency",
  "latency-p50",
  "latency-p99",
  "page-size",
  "start",
] as const;
type Name = (typeof names)[number];
type Values = Partial<Record<Name, string>> & { frozen?: boolean; help?: boolean };

function parse(args: readonly string[]): Values {
  try {
    const options = Object.fromEntries(names.map((name) => [name, { type: "string" as const }]));
    const { values } = parseArgs({
      args: [...args],
      options: { ...options, frozen: { type: "boolean" }, help: { type: "boolean" } },
      allowPositionals: false,
    });
    // The values are those of the options above.
    return values as Values;
  } catch (error) {
    const [sentence = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    throw new StartError(sentence.replace(/\.? To specify a positional.*$/, "."));
  }
}

function whole(values: Values, name: Name, low: number, high: number): number | undefined {
  const text = values[name];
  if (text === undefined) return undefined;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= low && value <= high))
    throw new StartError(`--${name} must be a whole number from ${low} to ${high}, not "${text}".`);
  return value;
}

function scenarioOf(text: string | undefined): ScenarioName | undefined {
  if (text === undefined) return undefined;
  const known = scenarioNames.find((name) => name === text);
  if (known === undefined)
    throw new StartError(`There is no scenario "${text}"; there are ${scenarioNames.join(", ")}.`);
  return known;
}

/**
 * Reads the command line.
 * @returns `null` when help was asked for
 * @throws StartError with one sentence
 */
export function readArguments(args: readonly string[]): (StartOptions & { port: number }) | null {
  const values = parse(args);
  if (values.help === true) return null;
  const longest = 600_000;
  const constant = whole(values, "latency", 0, longest);
  const p50 = whole(values, "latency-p50", 0, longest);
  const p99 = whole(values, "latency-p99", 0, longest);
  if (constant !== undefined && (p50 !== undefined || p99 !== undefined))
    throw new StartError("Give either --latency or --latency-p50 and --latency-p99, not both.");
  if (p99 !== undefined && p50 === undefined) throw new StartError("--latency-p99 needs --latency-p50.");
  if (p99 !== undefined && p50 !== undefined && p99 < p50)
    throw new StartError(`--latency-p99 (${p99}) must not be below --latency-p50 (${p50}).`);
  if (values.start !== undefined && Number.isNaN(Date.parse(values.start)))
    throw new StartError(`--start must be an ISO 8601 date-time, not "${values.start}".`);
  return {
    port: whole(values, "port", 0, 65_535) ?? 4010,
    scenario: scenarioOf(values.scenario),
    seed: whole(values, "seed", 0, 0xffff_ffff),
    latencyP50Ms: constant ?? p50,
    latencyP99Ms: p99,
    pageSize: whole(values, "page-size", 1, 1_000),
    startAt: values.start,
    frozen: values.frozen,
  };
}
