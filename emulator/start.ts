import type { AddressInfo } from "node:net";
import type { Server } from "node:http";
import { type ClockMove, moveClock } from "./control/clock";
import { type IncidentInput, putIncident } from "./control/incidents";
import { heldIncidents, type IncidentKey, type OracleFilter } from "./control/oracle";
import { Emulator } from "./emulator";
import type { FaultInput } from "./faults/fault";
import type { StatsSnapshot } from "./http/stats";
import { basePath, makeServer } from "./server";
import { Clock } from "./time/clock";
import type { WebhookSettings } from "./webhooks/settings";
import { type ScenarioName, scenarios } from "./world/scenarios";
import type { OrganisationKey } from "./world/model";

export interface StartOptions {
  /** 0 takes a free one. */
  readonly port?: number;
  readonly scenario?: ScenarioName;
  readonly seed?: number;
  /** Milliseconds before each answer: median, and 99th percentile (the median when absent). */
  readonly latencyP50Ms?: number;
  readonly latencyP99Ms?: number;
  /** Rows per page token; the scenario's own when absent. */
  readonly pageSize?: number;
  /** ISO time at which the emulator's clock starts; the real time when absent. */
  readonly startAt?: string;
  /** True: time stands still until `control.clock` moves it. */
  readonly frozen?: boolean;
  readonly webhooks?: WebhookSettings;
}

/** The control endpoints, for tests in the same process. */
export interface Control {
  stats(): StatsSnapshot;
  clearStats(): void;
  faults(list: readonly FaultInput[]): void;
  clearFaults(): void;
  reset(choice?: { scenario?: ScenarioName; seed?: number }): void;
  clock(move: ClockMove): void;
  now(): Date;
  webhooks(settings: WebhookSettings): void;
  putIncidents(list: readonly IncidentInput[]): IncidentKey[];
  incidents(filter?: OracleFilter, organisation?: OrganisationKey): IncidentKey[];
  workspaces(organisation?: OrganisationKey): { id: string; name: string; sources: string[] }[];
}

export interface RunningEmulator {
  readonly url: string;
  /** Address of the API, without a trailing slash: what the app takes as its base URL. */
  readonly baseUrl: string;
  readonly control: Control;
  stop(): Promise<void>;
}

/** A start that cannot be: the message is one sentence for the person at the terminal. */
export class StartError extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = "StartError";
  }
}

function controlOf(emulator: Emulator): Control {
  const realmOf = (organisation: OrganisationKey) => {
    const realm = emulator.world.realm(organisation);
    if (realm === null) throw new Error(`There is no organisation ${organisation}.`);
    return realm;
  };
  return {
    stats: () => emulator.stats.snapshot(),
    clearStats: () => emulator.stats.clear(),
    faults: (list) => emulator.setFaults(list),
    clearFaults: () => emulator.setFaults([]),
    reset: (choice) => emulator.reset(choice),
    clock: (move) => moveClock(emulator, move),
    now: () => new Date(emulator.clock.now()),
    webhooks: (settings) => emulator.world.changeWebhooks(settings),
    putIncidents: (list) => {
      const keys = list.map((input) => putIncident(emulator.world, input));
      emulator.catchUp();
      return keys;
    },
    incidents: (filter = { timeFilterSelection: { type: "TwentyFourHours" } }, organisation = "main") => {
      emulator.catchUp();
      return heldIncidents(emulator.world, realmOf(organisation), filter, emulator.clock.now());
    },
    workspaces: (organisation = "main") =>
      realmOf(organisation).organisation.workspaces.map(({ id, name, streams }) => ({
        id,
        name,
        sources: streams.map((stream) => stream.source),
      })),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE")
        reject(new StartError(`Port ${port} on 127.0.0.1 is taken: free it, or choose another with --port.`));
      else reject(new StartError(`The emulator cannot listen on port ${port}: ${error.message}.`));
    });
    server.listen(port, "127.0.0.1", () => resolve());
  });
}

/** How often due incidents are let in without a request, for the webhooks' sake. Milliseconds. */
const tickMs = 500;

/**
 * Starts an emulator on 127.0.0.1.
 * @throws StartError with one sentence, when the port is taken or the start time is none
 */
export async function startEmulator(options: StartOptions = {}): Promise<RunningEmulator> {
  const startAt = options.startAt === undefined ? undefined : Date.parse(options.startAt);
  if (Number.isNaN(startAt)) throw new StartError(`"${options.startAt}" is not an ISO 8601 date-time.`);
  const scenario = options.scenario ?? "working-day";
  if (!Object.hasOwn(scenarios, scenario)) throw new StartError(`There is no scenario "${scenario}".`);
  const p50Ms = options.latencyP50Ms ?? 0;
  const emulator = new Emulator({
    scenario,
    seed: options.seed ?? 7,
    latency: { p50Ms, p99Ms: options.latencyP99Ms ?? p50Ms },
    clock: new Clock({ startAt, frozen: options.frozen }),
    pageSize: options.pageSize,
    webhooks: options.webhooks,
  });
  const server = makeServer(emulator);
  await listen(server, options.port ?? 0);
  const ticking = setInterval(() => emulator.catchUp(), tickMs);
  ticking.unref();
  // A TCP server that listens has an address with a port.
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    baseUrl: `${url}${basePath}`,
    control: controlOf(emulator),
    stop: () =>
      new Promise((resolve) => {
        clearInterval(ticking);
        emulator.stop();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
