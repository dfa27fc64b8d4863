import { type OperationId, registry } from "@/lib/contract";
import { buildPath, buildQuery } from "@/lib/contract/address";
import type { Membership, Principal, WorkspaceScope } from "@/lib/domain/access";
import type { ProxyDependencies } from "../dependencies";
import { type Actor, actors, matrixOperations, mayCall, states } from "./access-table";
import { organisationId, origin, ownHeaders, person } from "./harness";

export type Values = { params?: object; query?: object; body?: unknown };
type Handle = (request: Request, deps: ProxyDependencies) => Promise<Response>;

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
  readonly deps: ProxyDependencies;
  readonly handle: Handle;
  /** Another tenant's workspace, and words that stand in its data alone. */
  readonly foreign: { readonly workspaceId: string; readonly canaries: readonly string[] };
  /** Asks each read as an administrator at the same time, so that a shared answer is at hand. */
  readonly isWarm: boolean;
  /** Leaves out changes that would really be made: for the runs against planted leaks. */
  readonly isQuick: boolean;
}

export interface MatrixResult {
  readonly cells: number;
  readonly faults: readonly string[];
}

const unknownWorkspace = "deadbeef-0000-4000-8000-00000000dead";

function principalOf(actor: Actor, scope: WorkspaceScope): Principal | null {
  if (actor.role === null) return null;
  const base = person(actor.role);
  const own = base.memberships[0];
  if (!own) throw new Error("The harness gives one membership.");
  const membership: Membership =
    actor.org === "main"
      ? { ...own, scope }
      : { ...own, organisationId: organisationId.replace(/^./, "f"), organisationSlug: "globex", scope };
  return { ...base, memberships: [membership] };
}

interface Answer {
  readonly status: number;
  readonly code: unknown;
  readonly text: string;
  readonly keys: string;
  readonly sent: number;
}

class Matrix {
  readonly faults: string[] = [];
  cells = 0;
  #principal: Principal | null = null;

  constructor(private readonly setting: MatrixSetting) {}

  async #ask(id: OperationId, values: Values): Promise<Answer> {
    const { upstream, handle, deps } = this.setting;
    const { method, path } = registry[id];
    const address = buildPath(path, { ...values.params }) + buildQuery({ ...values.query });
    const request = () =>
      new Request(`${origin}/api/main/v2${address}`, {
        method,
        headers: method === "GET" ? {} : ownHeaders,
        body: values.body === undefined ? undefined : JSON.stringify(values.body),
      });
    const asked = { ...deps, authenticate: () => Promise.resolve(this.#principal) };
    const isWarming = this.setting.isWarm && registry[id].kind === "query";
    const admin = { ...deps, authenticate: () => Promise.resolve(person("admin")) };
    const warming = isWarming ? handle(request(), admin) : null;
    const before = upstream.total();
    const response = await handle(request(), asked);
    await warming;
    const text = await response.text();
    const body = JSON.parse(text || "{}") as Record<string, unknown>;
    return {
      status: response.status,
      code: body.code,
      text,
      keys: Object.keys(body).sort().join(),
      sent: isWarming ? 0 : upstream.total() - before,
    };
  }

  #expect(what: string, is: unknown, should: unknown): void {
    this.cells += 1;
    if (JSON.stringify(is) !== JSON.stringify(should))
      this.faults.push(`${what}: ${JSON.stringify(is)}, not ${JSON.stringify(should)}`);
  }

  #refused(what: string, { status, code, sent }: Answer, expected: readonly [number, string]): void {
    this.#expect(what, [status, code, sent], [...expected, 0]);
  }

  #clean(what: string, { text }: Answer, others: readonly string[]): void {
    const words = [...this.setting.foreign.canaries, ...others].filter((word) => text.includes(word));
    this.#expect(`${what}, foreign words`, words, []);
  }

  /** One operation, everybody, each state. */
  async operation(id: OperationId): Promise<void> {
    const example: Values = await this.setting.upstream.exampleOf(id);
    for (const actor of actors) {
      if (registry[id].tenancy === "path") await this.#pathOperation(id, actor, example);
      else await this.#otherOperation(id, actor, example);
    }
  }

  #gate(actor: Actor, id: OperationId): readonly [number, string] | null {
    if (actor.role === null) return [401, "NOT_SIGNED_IN"];
    if (actor.org !== "main") return [404, "NOT_FOUND"];
    return mayCall(actor.role, id) ? null : [403, "FORBIDDEN"];
  }

  async #pathOperation(id: OperationId, actor: Actor, example: Values): Promise<void> {
    const own = String((example.params as { workspaceId?: unknown }).workspaceId);
    const others = this.setting.upstream.workspaceIds().filter((each) => each !== own);
    const [second, third] = others.map((each) => each.toLowerCase());
    if (second === undefined || third === undefined) throw new Error("There are too few workspaces.");
    const ids = actor.scope === "A+B" ? [own.toLowerCase(), second] : [own.toLowerCase()];
    const scope: WorkspaceScope =
      actor.scope === "all" ? { kind: "all" } : { kind: "list", ids: new Set(ids) };
    const gate = this.#gate(actor, id);
    const refusals: Answer[] = [];
    for (const state of states) {
      const what = `${id} · ${actor.name} · ${state}`;
      const isLimited = scope.kind === "list";
      // Whoever may see all workspaces of the tenant has none that is not allowed.
      if (!isLimited && (state === "not allowed" || state === "taken away a moment ago")) continue;
      const isMade = state === "allowed" && gate === null;
      if (isMade && this.setting.isQuick && registry[id].kind === "mutation") continue;
      this.#principal = principalOf(
        actor,
        state === "taken away a moment ago" ? { kind: "list", ids: new Set([second]) } : scope,
      );
      const workspaceId = {
        allowed: own,
        "taken away a moment ago": own,
        "not allowed": third,
        "other tenant": this.setting.foreign.workspaceId,
        unknown: unknownWorkspace,
        malformed: "not-a-guid",
      }[state];
      // A change that is really made needs something that it was not made to yet.
      const values: Values =
        isMade && registry[id].kind === "mutation"
          ? await this.setting.upstream.exampleOf(id)
          : { ...example, params: { ...example.params, workspaceId } };
      if (isMade && registry[id].kind === "mutation" && isLimited) {
        const made = String((values.params as { workspaceId?: unknown }).workspaceId).toLowerCase();
        this.#principal = principalOf(actor, { kind: "list", ids: new Set([made]) });
      }
      const answer = await this.#ask(id, values);
      if (gate) this.#refused(what, answer, gate);
      else if (state === "allowed") this.#expect(what, answer.status < 300, true);
      else if (isLimited) {
        this.#refused(what, answer, [404, "NOT_FOUND"]);
        refusals.push(answer);
      } else if (state === "malformed") this.#refused(what, answer, [400, "INVALID_INPUT"]);
      else {
        this.#expect(what, answer.status >= 400 && answer.status < 500, true);
        refusals.push(answer);
      }
      this.#clean(what, answer, isLimited && state === "allowed" ? [third] : []);
    }
    // Nobody can tell one kind of not-yours from another.
    const shapes = new Set(refusals.map(({ status, code, keys }) => `${status} ${String(code)} ${keys}`));
    this.#expect(`${id} · ${actor.name} · refusals look alike`, shapes.size <= 1, true);
    if (gate === null && scope.kind === "list") await this.#foreignInside(id, actor, example, scope, third);
  }

  /** An allowed workspace in the path, and another one in the body. */
  async #foreignInside(
    id: OperationId,
    actor: Actor,
    example: Values,
    scope: WorkspaceScope,
    foreign: string,
  ): Promise<void> {
    const incident = (example.body as { incident?: object } | undefined)?.incident;
    if (!incident) return;
    this.#principal = principalOf(actor, scope);
    const body = { ...(example.body as object), incident: { ...incident, workspaceId: foreign } };
    const answer = await this.#ask(id, { ...example, body });
    this.#refused(`${id} · ${actor.name} · another workspace in the body`, answer, [404, "NOT_FOUND"]);
  }

  async #otherOperation(id: OperationId, actor: Actor, example: Values): Promise<void> {
    const all = this.setting.upstream.workspaceIds().map((each) => each.toLowerCase());
    const [own, second, third] = all;
    if (own === undefined || second === undefined || third === undefined)
      throw new Error("There are too few workspaces.");
    const ids = actor.scope === "A+B" ? [own, second] : [own];
    const scope: WorkspaceScope =
      actor.scope === "all" ? { kind: "all" } : { kind: "list", ids: new Set(ids) };
    this.#principal = principalOf(actor, scope);
    const gate = this.#gate(actor, id);
    const what = `${id} · ${actor.name}`;
    if (!gate && registry[id].kind === "mutation") return this.#change(id, actor, scope, what);
    const answer = await this.#ask(id, example);
    if (gate) return this.#refused(what, answer, gate);
    const isLimited = scope.kind === "list";
    const isAdmin = actor.role === "admin";
    // A delivery belongs to one workspace; an account's address may name others, which a limited administrator may not ask for.
    const mayBeTheirs = answer.status < 300 || (isLimited && answer.status === 404);
    this.#expect(`${what} ${mayBeTheirs ? "" : answer.text.slice(0, 300)}`, mayBeTheirs, true);
    // What only administrators read is about the organisation as a whole and names its workspaces by design.
    const isConfined = isLimited && (registry[id].tenancy === "rows" || !isAdmin);
    this.#clean(what, answer, isConfined ? all.filter((each) => !ids.includes(each)) : []);
    if (registry[id].tenancy === "rows") await this.#rows(id, actor, ids, third, scope);
  }

  async #change(id: OperationId, actor: Actor, scope: WorkspaceScope, what: string): Promise<void> {
    if (this.setting.isQuick) return;
    const answer = await this.#ask(id, await this.setting.upstream.exampleOf(id));
    const isTheirs = answer.status < 300 || (scope.kind === "list" && answer.status === 404);
    this.#expect(`${what} (${actor.scope})`, isTheirs, true);
    this.#clean(what, answer, []);
  }

  /** A call across workspaces that names one which is not theirs. */
  async #rows(
    id: OperationId,
    actor: Actor,
    ids: readonly string[],
    third: string,
    scope: WorkspaceScope,
  ): Promise<void> {
    if (scope.kind !== "list") return;
    const naming: Values =
      id === "gamebooks.acrossHistory"
        ? { query: { currentPage: 1, workspaces: third } }
        : id === "datasources.acrossWorkspaces"
          ? { query: { workspaceIds: [third] } }
          : { body: { workspaceIds: [third] } };
    const answer = await this.#ask(id, naming);
    this.#refused(`${id} · ${actor.name} · names another's`, answer, [404, "NOT_FOUND"]);
    if (id !== "gamebooks.acrossHistory") return;
    const rowsOf = async (principal: Principal | null) => {
      this.#principal = principal;
      const { text } = await this.#ask(id, { query: { currentPage: 1 } });
      return (JSON.parse(text) as { data: { items: { id: string; workspaceId: string }[] } }).data.items;
    };
    const theirs = await rowsOf(principalOf(actor, scope));
    const everything = await rowsOf(person("admin"));
    const missing = everything
      .filter((row) => ids.includes(row.workspaceId.toLowerCase()))
      .filter((row) => !theirs.some((own) => own.id === row.id));
    this.#expect(`${id} · ${actor.name} · rows missing`, missing.length, 0);
  }
}

/** Every operation × everybody × each state of a workspace. Names each cell that is not as written down here. */
export async function accessMatrix(
  setting: MatrixSetting,
  ids: readonly OperationId[] = matrixOperations,
): Promise<MatrixResult> {
  const matrix = new Matrix(setting);
  for (const id of ids) await matrix.operation(id);
  return { cells: matrix.cells, faults: matrix.faults };
}
