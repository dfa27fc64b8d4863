import type { CoverageSummary } from "./coverage";

export interface CountInput {
  /** Rows that pass the filters over loaded rows. */
  readonly matching: number;
  readonly loaded: number;
  /** A filter over loaded rows is set. */
  readonly narrowed: boolean;
  /** "open", "closed" or "incidents". */
  readonly kind: string;
  readonly phase: "reading" | "paused" | "failed" | "complete";
  /** Coverage of the last pass that came to its end; null before the first end. */
  readonly finished: CoverageSummary | null;
  /** Coverage of the pass that runs. */
  readonly current: CoverageSummary | null;
  /** All that match, as the register counted them; null where the rows come from a walk. */
  readonly total?: number | null;
  /** The window begins before the register does: the rows were read from upstream. */
  readonly isBeyondRegister?: boolean;
}

const count = (value: number) => value.toLocaleString("en");

/**
 * The sentence beside the list, such as "240 open loaded · 3 of 40 workspaces still reading" or "At least 4,812 open ·
 * 1 of 40 workspaces not read since 14:02". A number stands alone only when everything known of was read to the end.
 */
export function describeCount(input: CountInput, formatTime: (iso: string) => string): string {
  const { finished, current, phase } = input;
  const origin = input.isBeyondRegister ? [beyondRegister] : [];
  if (finished === null) {
    // The first pass: nothing is known to be complete yet.
    if (phase === "reading" && hasTotal(input))
      return join([
        `${count(input.loaded)} of ${count(input.total)} ${input.kind} loaded`,
        ...missingClauses(current, formatTime),
      ]);
    if (phase === "reading")
      return join([
        soFar(input, current),
        readingClause(current),
        ...missingClauses(current, formatTime),
        ...origin,
      ]);
    return join([head(input, true), stopClause(input), ...restClauses(current, formatTime), ...origin]);
  }
  const isAll = phase === "complete" || isHeld(input) || input.loaded === 0;
  const known = isAll ? "" : " loaded";
  return join([
    head(input, finished.atLeast) + known,
    cutClause(input),
    ...restClauses(finished, formatTime),
    ...afterwards(input),
    ...origin,
  ]);
}

const beyondRegister = "read from ContraForce: Watchfloor's own record does not reach back so far";

const hasTotal = (input: CountInput): input is CountInput & { readonly total: number } =>
  typeof input.total === "number";

/** A list of the register that is not to change under the person's eyes. */
const isHeld = (input: CountInput) => input.phase === "paused" && hasTotal(input);

/** A list that is too long to be loaded whole. */
function cutClause(input: CountInput): string {
  if (!hasTotal(input) || input.total <= input.loaded || input.phase === "reading") return "";
  return `the first of ${count(input.total)}, narrow the filter to see the others`;
}

const join = (clauses: readonly string[]) => clauses.filter((clause) => clause !== "").join(" · ");

/** The number itself. What is only a lower bound says so, and "at least 0" is said in words. */
function head(input: CountInput, isLowerBound: boolean): string {
  const { matching, loaded, narrowed, kind } = input;
  if (loaded === 0) return `No ${nounOf(kind)}${isLowerBound ? " found" : ""}`;
  if (narrowed && matching === 0) return `None of ${count(loaded)} ${kind} matches`;
  return isLowerBound ? `At least ${figureOf(input)}` : figureOf(input);
}

/** As `head`, while the first pass is under way. */
function soFar(input: CountInput, current: CoverageSummary | null): string {
  if (input.loaded > 0) return `${figureOf(input)} loaded`;
  return current === null ? "" : `No ${nounOf(input.kind)} so far`;
}

const nounOf = (kind: string) => (kind === "incidents" ? kind : `${kind} incidents`);

function figureOf({ matching, loaded, narrowed, kind }: CountInput): string {
  return narrowed && matching !== loaded
    ? `${count(matching)} of ${count(loaded)} ${kind}`
    : `${count(loaded)} ${kind}`;
}

function readingClause(current: CoverageSummary | null): string {
  if (current === null || current.workspacesTotal === 0) return "Waiting for the first answer";
  const { workspacesReading: reading, workspacesTotal: total } = current;
  return reading > 0
    ? `${count(reading)} of ${count(total)} ${workspaces(total)} still reading`
    : "still reading";
}

const stopClause = (input: CountInput) =>
  isHeld(input) ? "updates are paused" : input.phase === "paused" ? "reading is paused" : "reading stopped";

/** While the rows of a finished pass are read anew, or that went wrong. */
const afterwards = (input: CountInput): readonly string[] => {
  if (input.phase === "complete") return [];
  return [input.phase === "reading" ? "reading anew" : stopClause(input)];
};

/** What the number leaves out. */
function restClauses(
  summary: CoverageSummary | null,
  formatTime: (iso: string) => string,
): readonly string[] {
  if (summary === null) return [];
  const { workspacesReading: reading, workspacesTotal: total } = summary;
  const open = reading > 0 ? `${count(reading)} of ${count(total)} ${workspaces(total)} not finished` : "";
  return [open, ...missingClauses(summary, formatTime)];
}

function missingClauses(
  summary: CoverageSummary | null,
  formatTime: (iso: string) => string,
): readonly string[] {
  if (summary === null) return [];
  const clauses: string[] = [];
  const { workspacesMissing: missing, workspacesTotal: total, unreadableRows } = summary;
  if (missing.length > 0) {
    const of = `${count(missing.length)} of ${count(total)} ${workspaces(total)}`;
    const since = oldest(missing.map((workspace) => workspace.since));
    clauses.push(since === null ? `${of} not read` : `${of} not read since ${formatTime(since)}`);
  }
  if (unreadableRows > 0)
    clauses.push(`${count(unreadableRows)} ${unreadableRows === 1 ? "row" : "rows"} could not be read`);
  return clauses;
}

const workspaces = (total: number) => (total === 1 ? "workspace" : "workspaces");

/** The earliest; null when one of them was never read, for then no time is true of all. */
function oldest(times: readonly (string | null)[]): string | null {
  let found: string | null = null;
  for (const time of times) {
    if (time === null) return null;
    if (found === null || time < found) found = time;
  }
  return found;
}

/** "Reading 212 of 240 workspace × source · 1,204 rows"; what a running pass says of itself. */
export function describeProgress(current: CoverageSummary | null, received: number): string {
  if (current === null || current.pairsTotal === 0) return "Waiting for the first answer";
  const rows = received === 1 ? "row" : "rows";
  return `Reading ${count(current.pairsRead)} of ${count(current.pairsTotal)} workspace × source · ${count(received)} ${rows}`;
}
