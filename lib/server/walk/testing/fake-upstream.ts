import type { IncidentRow } from "@/lib/contract/shapes/incident";
import type { WalkFilter } from "@/lib/domain/walk";
import { Failure } from "@/lib/errors";
import type { NamedWorkspace, PageTokens, UpstreamPage, WalkUpstream } from "../upstream";

/** One workspace × source of the fake upstream. Its rows are served in order. */
export interface FakePair {
  readonly workspaceId: string;
  readonly workspaceName: string | null;
  readonly source: string;
  readonly rows: IncidentRow[];
}

/** What happens to one call; `leaveOut` names pairs (`workspace source`) or whole workspaces. */
export type Fault =
  | { readonly kind: "fail"; readonly failure: Failure }
  | { readonly kind: "empty" }
  | { readonly kind: "leaveOut"; readonly who: readonly string[] }
  | { readonly kind: "unreadable"; readonly rows: number };

export interface FakeCall {
  /** Number of the page call, from 0. */
  readonly at: number;
  readonly filter: WalkFilter;
  readonly tokens: readonly PageTokens[] | null;
  readonly isProbe: boolean;
}

export interface FakeStyle {
  /** Rows of a pair per page. */
  readonly pageSize: number;
  /** A pair ends by an empty page (its token was given with the last rows) instead of by a dropped token. */
  readonly hasEmptyTail: boolean;
  /** Only so many pairs turn up in the first reply; the others follow one call later each. */
  readonly pairsAtOnce: number;
}

export const defaultStyle: FakeStyle = {
  pageSize: 2,
  hasEmptyTail: false,
  pairsAtOnce: Number.POSITIVE_INFINITY,
};

export const rejectedTokens = () =>
  new Failure("UPSTREAM_INVALID", {
    upstreamCode: "VALIDATION_ERROR",
    detail: "One or more pagination tokens are invalid.",
  });
export const upstreamDown = () => new Failure("UPSTREAM_UNAVAILABLE", { upstreamCode: "INTERNAL_ERROR" });

/** A row with nothing in it but what is given. */
export function incidentRow(over: Partial<IncidentRow> & Pick<IncidentRow, "id">): IncidentRow {
  return {
    title: `Incident ${over.id}`,
    number: null,
    displayId: null,
    description: null,
    source: "Sentinel",
    sourceDisplayName: null,
    creationTime: "2026-11-24T09:00:00.000Z",
    lastModificationTime: "2026-11-24T10:00:00.000Z",
    lastActivityTime: null,
    severity: "High",
    status: "New",
    classification: null,
    classificationReason: null,
    classificationComment: null,
    comment: null,
    tactics: [],
    ruleIds: [],
    alertProductNames: [],
    user: null,
    alertsCount: null,
    entities: [],
    workspaceId: "w",
    workspaceName: null,
    name: null,
    type: null,
    productId: null,
    isAssigned: false,
    ...over,
  };
}

/** `count` rows of a pair, ids from 1. */
export function fakePair(
  workspaceId: string,
  source: string,
  count: number,
  over: Partial<IncidentRow> = {},
): FakePair {
  const workspaceName = `Name of ${workspaceId}`;
  const rows = Array.from({ length: count }, (_, at) =>
    incidentRow({ id: `${at + 1}`, source, workspaceId, workspaceName, ...over }),
  );
  return { workspaceId, workspaceName, source, rows };
}

const keyOf = (pair: Pick<FakePair, "workspaceId" | "source">) => `${pair.workspaceId} ${pair.source}`;

/** Upstream as `contract/` describes it, with faults by script. Tokens hold an offset; any other text is refused. */
export class FakeUpstream implements WalkUpstream {
  readonly calls: FakeCall[] = [];
  /** What goes wrong with a call; several faults add up. */
  fault: (call: FakeCall) => readonly Fault[] = () => [];
  named: { gamebooks: NamedWorkspace[]; accounts: NamedWorkspace[]; users: NamedWorkspace[] } = {
    gamebooks: [],
    accounts: [],
    users: [],
  };
  namedFailure: Failure | null = null;
  /** Left out of every reply. */
  readonly silent = new Set<string>();

  constructor(
    readonly pairs: FakePair[],
    readonly style: FakeStyle = defaultStyle,
  ) {}

  /** What a filter really matches: the oracle. */
  matching(filter: Pick<WalkFilter, "sources" | "severities">): FakePair[] {
    return this.pairs
      .filter((pair) => filter.sources.length === 0 || filter.sources.includes(pair.source))
      .map((pair) => ({
        ...pair,
        rows: pair.rows.filter((row) => !filter.severities || filter.severities.includes(row.severity ?? "")),
      }));
  }

  page: WalkUpstream["page"] = async (filter, tokens, signal) => {
    const isProbe = filter.timeFilterSelection.type === "Custom";
    const call: FakeCall = { at: this.calls.length, filter, tokens, isProbe };
    this.calls.push(call);
    await Promise.resolve();
    signal?.throwIfAborted();
    const faults = this.fault(call);
    for (const fault of faults) if (fault.kind === "fail") throw fault.failure;
    const out = new Set(this.silent);
    for (const fault of faults) if (fault.kind === "leaveOut") for (const who of fault.who) out.add(who);
    const isEmpty = faults.some((fault) => fault.kind === "empty");
    const unreadableRows = faults.reduce(
      (sum, fault) => sum + (fault.kind === "unreadable" ? fault.rows : 0),
      0,
    );
    const visible = this.matching(filter).filter(
      (pair) => !out.has(keyOf(pair)) && !out.has(pair.workspaceId),
    );
    return { ...this.#reply(visible, readTokens(tokens), isEmpty), unreadableRows };
  };

  #reply(
    visible: readonly FakePair[],
    sent: ReadonlyMap<string, number> | null,
    isEmpty: boolean,
  ): Omit<UpstreamPage, "unreadableRows"> {
    const { pageSize, hasEmptyTail, pairsAtOnce } = this.style;
    const incidents: IncidentRow[] = [];
    const tokens = new Map<string, Record<string, string>>();
    const give = (pair: FakePair, offset: number) => {
      const own = tokens.get(pair.workspaceId) ?? {};
      own[pair.source] = `token ${offset}`;
      tokens.set(pair.workspaceId, own);
    };
    let newcomers = 0;
    for (const pair of visible) {
      const offset = sent === null ? 0 : sent.get(keyOf(pair));
      if (offset === undefined || (offset === 0 && pair.rows.length === 0)) continue;
      if (offset === 0) newcomers += 1;
      // A pair that is not due yet waits with a token of its own, as it does when a page is empty.
      if (isEmpty || (offset === 0 && newcomers > pairsAtOnce)) {
        give(pair, offset);
        continue;
      }
      incidents.push(...pair.rows.slice(offset, offset + pageSize));
      const next = offset + pageSize;
      if (next < pair.rows.length || (hasEmptyTail && offset < pair.rows.length)) give(pair, next);
    }
    const sourcePageTokens = [...tokens].map(([workspaceId, sourceTokens]) => ({
      workspaceId,
      sourceTokens,
    }));
    return { incidents, sourcePageTokens, moreIncidentsAvailable: sourcePageTokens.length > 0 };
  }

  gamebookWorkspaces = async () => this.#named(this.named.gamebooks);
  serviceAccountWorkspaces = async () => this.#named(this.named.accounts);
  userWorkspaces = async () => this.#named(this.named.users);

  #named(named: readonly NamedWorkspace[]): readonly NamedWorkspace[] {
    if (this.namedFailure) throw this.namedFailure;
    return named;
  }
}

function readTokens(tokens: readonly PageTokens[] | null): ReadonlyMap<string, number> | null {
  if (tokens === null) return null;
  const offsets = new Map<string, number>();
  for (const { workspaceId, sourceTokens } of tokens)
    for (const [source, token] of Object.entries(sourceTokens)) {
      const offset = /^token (\d+)$/.exec(token)?.[1];
      if (offset === undefined) throw rejectedTokens();
      offsets.set(keyOf({ workspaceId, source }), Number(offset));
    }
  return offsets;
}
