import { type OperationId, registry } from "@/lib/contract";
import { buildPath, buildQuery } from "@/lib/contract/address";
import { type Actor, actors, gateOf, matrixOperations, type State, states } from "./access-table";
import { origin, ownHeaders } from "./harness";
import type { MatrixCallers } from "./matrix-callers";
import { about, askedIn, isPossible, type Places, scopeIn, type Values } from "./matrix-input";

type Ask = (request: Request) => Promise<Response>;

/** The upstream that the matrix is run against. */
export interface MatrixUpstream {
  /** Input with which an operation succeeds for an administrator; for a change, one that was not made yet. */
  readonly exampleOf: (id: OperationId) => Promise<Values>;
  /** Workspaces of the tenant. */
  readonly workspaceIds: () => readonly string[];
  /** Requests that have reached it. */
  readonly total: () => number;
}

export interface MatrixSetting {
  readonly upstream: MatrixUpstream;
  readonly callers: MatrixCallers;
  /** The proxy under test. */
  readonly ask: Ask;
  /** Where an administrator asks each read as well: beside the cell's own call, or before it on another instance. */
  readonly warm?: { readonly ask: Ask; readonly when: "beside" | "before" };
  /** Another tenant's workspace, and words that stand in its data alone. */
  readonly foreign: { readonly workspaceId: string; readonly canaries: readonly string[] };
  /** Leaves out changes that would really be made. */
  readonly isQuick: boolean;
  /** Upstream answers nothing but faults. */
  readonly isFailing?: boolean;
  /** Ends with the first operation that has a fault: for planted leaks. */
  readonly isEarly?: boolean;
}

export interface MatrixResult {
  /** Operation × actor × state, each asked. */
  readonly cells: number;
  readonly faults: readonly string[];
}

interface Answer {
  readonly status: number;
  readonly code: unknown;
  readonly text: string;
  readonly keys: string;
  /** Requests that went upstream because of it; null when an administrator asked at the same time. */
  readonly sent: number | null;
}

interface Cell {
  readonly id: OperationId;
  readonly actor: Actor;
  readonly state: State;
  readonly places: Places;
  readonly isNaming: boolean;
  readonly what: string;
}

const admin = actors.find(({ name }) => name === "admin") ?? actors[0];

class Matrix {
  readonly faults: string[] = [];
  /** What refusals look like, by who got them: ours to whom the workspace is not theirs, upstream's to who sees all. */
  readonly #refusals = new Map<string, Set<string>>();
  readonly #warmed = new Set<string>();
  cells = 0;

  constructor(private readonly setting: MatrixSetting) {}

  #request(id: OperationId, actor: Actor, values: Values): Request {
    const { method, path } = registry[id];
    const address = buildPath(path, { ...values.params }) + buildQuery({ ...values.query });
    return new Request(`${origin}/api/main/v2${address}`, {
      method,
      headers: { ...(method === "GET" ? {} : ownHeaders), ...this.setting.callers.headersOf(actor) },
      body: values.body === undefined ? undefined : JSON.stringify(values.body),
    });
  }

  /** The administrator's call beside or before an actor's, once for each input that cannot meet an answer under way. */
  #warming(id: OperationId, actor: Actor, values: Values): Promise<Response> | null {
    const { warm } = this.setting;
    if (warm === undefined || admin === undefined || registry[id].kind === "mutation") return null;
    const key = JSON.stringify([id, values]);
    const isBeside = warm.when === "beside" && gateOf(actor, id) === null;
    if (!isBeside && this.#warmed.has(key)) return null;
    this.#warmed.add(key);
    return warm.ask(this.#request(id, admin, values));
  }

  async #ask(id: OperationId, actor: Actor, values: Values): Promise<Answer> {
    const { upstream, ask, warm } = this.setting;
    const warming = this.#warming(id, actor, values);
    if (warm?.when === "before") await warming;
    const before = upstream.total();
    const response = await ask(this.#request(id, actor, values));
    await warming;
    const text = await response.text();
    const body = JSON.parse(text || "{}") as Record<string, unknown>;
    if (response.headers.get("cache-control") !== "no-store")
      this.faults.push(`${id}: may be kept by caches`);
    return {
      status: response.status,
      code: body.code,
      text,
      keys: Object.keys(body).sort().join(),
      sent: warming !== null && warm?.when === "beside" ? null : upstream.total() - before,
    };
  }

  #expect(what: string, is: unknown, should: unknown): void {
    if (JSON.stringify(is) !== JSON.stringify(should))
      this.faults.push(`${what}: ${JSON.stringify(is)}, not ${JSON.stringify(should)}`);
  }

  /** Turned away, with nothing sent. */
  #refused(
    what: string,
    { status, code, sent }: Answer,
    expected: readonly (readonly [number, string])[],
  ): void {
    const isExpected = expected.some((each) => each[0] === status && each[1] === code);
    this.#expect(what, [isExpected ? "refused" : [status, code], sent ?? 0], ["refused", 0]);
  }

  #clean(what: string, { text }: Answer, others: readonly string[]): void {
    const words = [...this.setting.foreign.canaries, ...others].filter((word) => text.includes(word));
    this.#expect(`${what}, foreign words`, words, []);
  }

  #placesOf(example: Values): Places {
    const { upstream, foreign } = this.setting;
    const all = upstream.workspaceIds().map((each) => each.toLowerCase());
    const named = (example.params as { workspaceId?: unknown } | undefined)?.workspaceId;
    const own = typeof named === "string" ? named.toLowerCase() : all[0];
    const [second, third] = all.filter((each) => each !== own);
    if (own === undefined || second === undefined || third === undefined)
      throw new Error("There are too few workspaces.");
    return { own, second, third, foreign: foreign.workspaceId };
  }

  /** One operation, everybody, each state. */
  async operation(id: OperationId): Promise<void> {
    const example = await this.setting.upstream.exampleOf(id);
    const places = this.#placesOf(example);
    const isNaming = about(id, example, places.own) !== null;
    this.#refusals.clear();
    for (const state of states) {
      const cells = actors
        .map((actor) => ({ id, actor, state, places, isNaming, what: `${id} · ${actor.name} · ${state}` }))
        .filter((cell) => this.#isAsked(cell));
      // What the others would see does not matter, because they are turned away before.
      const scopes = cells
        .filter(({ actor }) => gateOf(actor, id) === null)
        .map(({ actor }) => [actor, scopeIn(state, actor, places, isNaming)] as const);
      await this.setting.callers.place(new Map(scopes));
      for (const cell of cells) await this.#cell(cell, example);
    }
    // Nobody can tell one kind of not-yours from another.
    for (const [name, shapes] of this.#refusals)
      this.#expect(`${id} · ${name} · refusals look alike`, [...shapes].slice(1), []);
    if (registry[id].tenancy === "path") await this.#foreignInside(id, example, places);
    if (id === "gamebooks.acrossHistory" && !this.setting.isFailing) await this.#everyRow(id, places);
  }

  #isMade({ id, actor, state, isNaming }: Cell): boolean {
    const isTheirs = state === "allowed" || !isNaming;
    return isTheirs && registry[id].kind === "mutation" && gateOf(actor, id) === null;
  }

  #isAsked(cell: Cell): boolean {
    const { id, actor, state, isNaming } = cell;
    if (gateOf(actor, id) !== null) return true;
    if (this.#isMade(cell)) return state === "allowed" && !this.setting.isQuick;
    return isPossible(state, actor, isNaming);
  }

  async #cell(cell: Cell, example: Values): Promise<void> {
    const { id, actor, state, places, isNaming, what } = cell;
    const gate = gateOf(actor, id);
    const isMade = this.#isMade(cell);
    const input = isMade ? await this.#unmade(cell) : example;
    const asked = isMade ? input : (about(id, example, askedIn(state, places)) ?? example);
    const answer = await this.#ask(id, actor, asked);
    this.cells += 1;
    if (gate) this.#refused(what, answer, [gate]);
    else if (state === "allowed" || !isNaming) this.#allowed(cell, answer);
    else this.#notTheirs(cell, answer);
  }

  /** Input of a change that was not made yet, in a workspace that the actor may see. */
  async #unmade({ id, actor, places, isNaming }: Cell): Promise<Values> {
    const { upstream, callers } = this.setting;
    const made = await upstream.exampleOf(id);
    if (registry[id].tenancy !== "path") return about(id, made, places.own) ?? made;
    const own = this.#placesOf(made);
    await callers.place(new Map([[actor, scopeIn("allowed", actor, own, isNaming)]]));
    return made;
  }

  #allowed(cell: Cell, answer: Answer): void {
    const { id, actor, places, state, isNaming, what } = cell;
    const scope = scopeIn(state, actor, places, isNaming);
    const isOrganisations = registry[id].tenancy === "organization";
    // A delivery belongs to one workspace; an account's address may name others, which a limited administrator may not ask for.
    const isMaybeHidden = scope.kind === "list" && (isOrganisations || !isNaming) && answer.status === 404;
    const isFine = this.setting.isFailing ? answer.status >= 500 : answer.status < 300;
    this.#expect(`${what} ${answer.status} ${String(answer.code)}`, isFine || isMaybeHidden, true);
    // What only administrators read is about the organisation as a whole and names its workspaces by design.
    const isConfined = scope.kind === "list" && !(isOrganisations && actor.standing === "admin");
    const all = this.setting.upstream.workspaceIds().map((each) => each.toLowerCase());
    const hidden = isConfined && scope.kind === "list" ? all.filter((each) => !scope.ids.has(each)) : [];
    // A ticket or a log row may quote ids of anything; what it is about is confined by its path.
    const others = registry[id].tenancy === "path" ? [places.third] : hidden;
    this.#clean(what, answer, registry[id].kind === "mutation" || !isConfined ? [] : others);
  }

  #notTheirs({ id, actor, state, what }: Cell, answer: Answer): void {
    const isPath = registry[id].tenancy === "path";
    const isLimited = actor.scope !== "all" || state === "taken away a moment ago";
    this.#clean(what, answer, []);
    if (state === "malformed" && !(isLimited && isPath))
      return isPath || isLimited
        ? this.#refused(what, answer, [
            [400, "INVALID_INPUT"],
            [404, "NOT_FOUND"],
          ])
        : this.#expect(what, answer.status < 500 || this.setting.isFailing, true);
    if (isLimited) this.#refused(what, answer, [[404, "NOT_FOUND"]]);
    else if (isPath && !this.setting.isFailing)
      this.#expect(what, answer.status >= 400 && answer.status < 500, true);
    if (!isLimited && !isPath) return;
    const whose = `${actor.name}${isLimited ? "" : " by upstream"}`;
    const shapes = this.#refusals.get(whose) ?? new Set();
    this.#refusals.set(whose, shapes.add(`${answer.status} ${String(answer.code)} ${answer.keys}`));
  }

  /** An allowed workspace in the path, and another one in the body. */
  async #foreignInside(id: OperationId, example: Values, places: Places): Promise<void> {
    const incident = (example.body as { incident?: object } | undefined)?.incident;
    if (!incident) return;
    const body = {
      ...(example.body as object),
      incident: { ...incident, workspaceId: places.third },
    };
    const limited = actors.filter((actor) => actor.scope !== "all" && gateOf(actor, id) === null);
    const scopes = limited.map((actor) => [actor, scopeIn("allowed", actor, places, true)] as const);
    await this.setting.callers.place(new Map(scopes));
    for (const actor of limited) {
      const answer = await this.#ask(id, actor, { ...example, body });
      this.#refused(`${id} · ${actor.name} · another workspace in the body`, answer, [[404, "NOT_FOUND"]]);
    }
  }

  /** Exactly the rows of their workspaces: none missing either. */
  async #everyRow(id: OperationId, places: Places): Promise<void> {
    const able = actors.filter((actor) => gateOf(actor, id) === null);
    const scopes = able.map((actor) => [actor, scopeIn("allowed", actor, places, true)] as const);
    await this.setting.callers.place(new Map(scopes));
    const rowsOf = async (actor: Actor) => {
      const { text } = await this.#ask(id, actor, { query: { currentPage: 1 } });
      return (JSON.parse(text) as { data: { items: { id: string; workspaceId: string }[] } }).data.items;
    };
    const everything = admin ? await rowsOf(admin) : [];
    for (const [actor, scope] of scopes) {
      const theirs = new Set((await rowsOf(actor)).map((row) => row.id));
      const missing = everything
        .filter((row) => scope.kind === "all" || scope.ids.has(row.workspaceId.toLowerCase()))
        .filter((row) => !theirs.has(row.id));
      this.#expect(`${id} · ${actor.name} · rows missing`, missing.length, 0);
    }
  }
}

/** Every operation × everybody × each state of a workspace. Names each cell that is not as written down here. */
export async function accessMatrix(
  setting: MatrixSetting,
  ids: readonly OperationId[] = matrixOperations,
): Promise<MatrixResult> {
  const matrix = new Matrix(setting);
  for (const id of ids) {
    await matrix.operation(id);
    if (setting.isEarly && matrix.faults.length > 0) break;
  }
  return { cells: matrix.cells, faults: matrix.faults };
}
