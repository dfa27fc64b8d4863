import type { IncomingMessage } from "node:http";
import { z, ZodError } from "zod";
import { faultListSchema } from "../faults/fault";
import type { Emulator } from "../emulator";
import { generalGuesses, operationGuesses } from "../guesses";
import { type Answer, plainJson } from "../http/reply";
import { readAll } from "../http/transport";
import { parseInstant } from "../time/instant";
import { scenarioNames } from "../world/scenarios";
import { webhookSettingsSchema } from "../webhooks/settings";
import type { Realm } from "../world/world";
import { moveClock } from "./clock";
import { heldRuns } from "./gamebook-oracle";
import { incidentListSchema, putIncident } from "./incidents";
import { receiverStatusSchema } from "./receiver";
import { heldIncidents, oracleFilterSchema } from "./oracle";

/** A refused control call: status and one sentence. */
class Refusal extends Error {
  readonly status: number;

  constructor(status: number, sentence: string) {
    super(sentence);
    this.status = status;
  }
}

type ControlHandler = (emulator: Emulator, body: unknown, search: URLSearchParams) => unknown;

const resetSchema = z.strictObject({
  scenario: z.enum(scenarioNames).optional(),
  seed: z.int().min(0).max(0xffff_ffff).optional(),
});

const clockSchema = z.strictObject({
  advanceMs: z.number().optional(),
  setIso: z.string().optional(),
  /** True stops the clock, false lets it run on. */
  frozen: z.boolean().optional(),
});

function realmOf({ world }: Emulator, search: URLSearchParams): Realm {
  const organisation = search.get("organisation") ?? "main";
  const realm = world.realm(organisation);
  if (realm === null)
    throw new Refusal(400, `There is no organisation "${organisation}"; there are main and globex.`);
  return realm;
}

function gamebookOracle(emulator: Emulator, search: URLSearchParams): unknown {
  const now = emulator.world.clock.now();
  const gamebooks = heldRuns(realmOf(emulator, search), now);
  return { at: new Date(now).toISOString(), total: gamebooks.length, gamebooks };
}

function oracle(emulator: Emulator, search: URLSearchParams): unknown {
  const { world } = emulator;
  const realm = realmOf(emulator, search);
  const text = search.get("filter") ?? '{"timeFilterSelection":{"type":"TwentyFourHours"}}';
  const at = search.get("at");
  const instant = at === null ? world.clock.now() : parseInstant(at);
  if (instant === null) throw new Refusal(400, "`at` is not a date-time.");
  const incidents = heldIncidents(world, realm, oracleFilterSchema.parse(JSON.parse(text)), instant);
  return { at: new Date(instant).toISOString(), total: incidents.length, incidents };
}

function workspaces(emulator: Emulator): unknown {
  return emulator.world.realms.flatMap(({ organisation }) =>
    organisation.workspaces.map((workspace) => ({
      organisation: organisation.key,
      id: workspace.id,
      name: workspace.name,
      sources: workspace.streams.map((stream) => stream.source),
    })),
  );
}

/** A delivery of a webhook that leads here. */
function receive(emulator: Emulator, body: unknown): unknown {
  const status = emulator.receiver.take(body);
  if (status >= 300) throw new Refusal(status, "Told to answer so.");
  return { status: "accepted" };
}

function health(emulator: Emulator): unknown {
  const { scenario, seed, clock } = emulator.world;
  return { status: "ok", scenario, seed, now: new Date(clock.now()).toISOString(), frozen: clock.frozen };
}

const routes: Readonly<Record<string, ControlHandler>> = {
  "GET health": health,
  "GET stats": (emulator) => emulator.stats.snapshot(),
  "DELETE stats": (emulator) => (emulator.stats.clear(), { cleared: true }),
  "GET faults": (emulator) => emulator.world.faults.list(),
  "POST faults": (emulator, body) => {
    emulator.setFaults(faultListSchema.parse(body));
    return emulator.world.faults.list();
  },
  "DELETE faults": (emulator) => (emulator.setFaults([]), []),
  "POST reset": (emulator, body) => {
    emulator.reset(resetSchema.parse(body ?? {}));
    return health(emulator);
  },
  "POST clock": (emulator, body) => {
    moveClock(emulator, clockSchema.parse(body));
    return health(emulator);
  },
  "GET incidents": (emulator, _body, search) => oracle(emulator, search),
  "GET gamebooks": (emulator, _body, search) => gamebookOracle(emulator, search),
  "POST incidents": (emulator, body) => ({
    incidents: incidentListSchema.parse(body).map((input) => putIncident(emulator.world, input)),
  }),
  "GET workspaces": workspaces,
  "GET guesses": () => ({ operations: operationGuesses, general: generalGuesses }),
  "POST receiver": receive,
  "GET receiver": (emulator) => emulator.receiver.snapshot(),
  "POST receiver/status": (emulator, body) => {
    emulator.receiver.answerWith(receiverStatusSchema.parse(body).status);
    return emulator.receiver.snapshot();
  },
  "POST webhooks": (emulator, body) => {
    emulator.world.changeWebhooks(webhookSettingsSchema.parse(body));
    return emulator.world.realms[0]?.webhooks.dispatcher.settings;
  },
};

const loopbackNames = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** Refuses a control call that a page of another origin could have made a browser send (DNS rebinding). */
function requireLoopback(request: IncomingMessage): void {
  const host = (request.headers.host ?? "").replace(/:\d+$/, "").toLowerCase();
  if (!loopbackNames.has(host)) throw new Refusal(403, "Control answers on loopback names only.");
  if (request.headers.origin !== undefined) throw new Refusal(403, "Control is not for browsers.");
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const bytes = await readAll(request);
  if (bytes === null) throw new Refusal(413, "The body is larger than 16 MB.");
  if (bytes.length === 0) return undefined;
  return JSON.parse(bytes.toString("utf8"));
}

function sentenceOf(error: unknown): { status: number; error: string } {
  if (error instanceof Refusal) return { status: error.status, error: error.message };
  if (error instanceof ZodError) {
    const [issue] = error.issues;
    return {
      status: 400,
      error: `${issue?.path.map(String).join(".") || "body"}: ${issue?.message ?? "not usable"}`,
    };
  }
  return { status: 400, error: error instanceof Error ? error.message : String(error) };
}

/** Answers a request under `/_emulator/`: JSON, and `{ error }` with one sentence when it is refused. */
export async function answerControl(emulator: Emulator, request: IncomingMessage): Promise<Answer> {
  try {
    requireLoopback(request);
    const target = new URL(request.url ?? "", "http://127.0.0.1");
    const handler = routes[`${request.method} ${target.pathname.slice("/_emulator/".length)}`];
    if (handler === undefined) throw new Refusal(404, `Control has no ${request.method} ${target.pathname}.`);
    const body = await readJson(request);
    emulator.catchUp();
    const result = handler(emulator, body, target.searchParams);
    emulator.catchUp();
    return plainJson(200, result);
  } catch (error) {
    const { status, error: sentence } = sentenceOf(error);
    return plainJson(status, { error: sentence });
  }
}
