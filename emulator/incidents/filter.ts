import { hourMs } from "../time/instant";
import { parseInstant } from "../time/instant";
import type { Instant } from "../time/clock";
import type { Stream, Stub } from "../world/model";
import { displayIdOf, numberOf } from "./identity";
import { stateAt } from "./lifecycle";
import { descriptionOf, severityOf, titleOf } from "./profile";
import type { Telling } from "./row";

/** The filter members of `POST incidents/across-workspaces`, as far as the emulator reads them. */
export interface IncidentFilter {
  readonly sources?: readonly string[] | null;
  readonly timeFilterSelection: {
    readonly type: string;
    readonly customStartUtc?: string | null;
    readonly customEndUtc?: string | null;
  };
  readonly severities?: readonly string[] | null;
  readonly statuses?: readonly string[] | null;
  readonly query?: string | null;
  readonly assigneeIds?: readonly string[] | null;
  readonly assigneeEmails?: readonly string[] | null;
  readonly includeUnassigned?: boolean | null;
}

export interface Window {
  readonly from: Instant;
  readonly to: Instant;
}

const windowHours: Readonly<Record<string, number>> = {
  ThreeHours: 3,
  SixHours: 6,
  TwelveHours: 12,
  TwentyFourHours: 24,
  FourtyEightHours: 48,
};

/**
 * The window of a time filter, both ends included.
 * @returns the errors by field when the filter cannot be read
 */
export function windowOf(
  selection: IncidentFilter["timeFilterSelection"],
  now: Instant,
): Window | { readonly errors: Record<string, string[]> } {
  const hours = windowHours[selection.type];
  if (hours !== undefined) return { from: now - hours * hourMs, to: now };
  const from = selection.customStartUtc ? parseInstant(selection.customStartUtc) : null;
  const to = selection.customEndUtc ? parseInstant(selection.customEndUtc) : null;
  const errors: Record<string, string[]> = {};
  if (from === null)
    errors["timeFilterSelection.customStartUtc"] = ["A Custom time filter needs a start in UTC."];
  if (to === null) errors["timeFilterSelection.customEndUtc"] = ["A Custom time filter needs an end in UTC."];
  if (from === null || to === null) return { errors };
  if (from > to) return { errors: { timeFilterSelection: ["The start lies after the end."] } };
  return { from, to };
}

function lowered(values: readonly string[] | null | undefined): ReadonlySet<string> | null {
  return values === null || values === undefined || values.length === 0
    ? null
    : new Set(values.map((value) => value.toLowerCase()));
}

/** A filter made ready to be asked about many incidents. */
export class Matcher {
  readonly window: Window;
  readonly #severities: ReadonlySet<string> | null;
  readonly #statuses: ReadonlySet<string> | null;
  readonly #ids: ReadonlySet<string> | null;
  readonly #emails: ReadonlySet<string> | null;
  readonly #unassigned: boolean;
  readonly #sources: ReadonlySet<string> | null;
  readonly #text: string | null;
  readonly #telling: Telling;

  constructor(filter: IncidentFilter, window: Window, telling: Telling) {
    this.window = window;
    this.#severities = lowered(filter.severities);
    this.#statuses = lowered(filter.statuses);
    this.#ids = lowered(filter.assigneeIds);
    this.#emails = lowered(filter.assigneeEmails);
    this.#unassigned = filter.includeUnassigned === true;
    this.#sources = lowered(filter.sources);
    this.#text = filter.query ? filter.query.toLowerCase() : null;
    this.#telling = telling;
  }

  takesSource(source: string): boolean {
    return this.#sources === null || this.#sources.has(source.toLowerCase());
  }

  matches(stream: Stream, stub: Stub): boolean {
    if (stub.at < this.window.from || stub.at > this.window.to) return false;
    if (this.#severities !== null && !this.#severities.has(severityOf(stream, stub).toLowerCase()))
      return false;
    return this.#matchesState(stream, stub) && this.#matchesText(stream, stub);
  }

  #matchesState(stream: Stream, stub: Stub): boolean {
    const asksPerson = this.#ids !== null || this.#emails !== null || this.#unassigned;
    if (this.#statuses === null && !asksPerson) return true;
    const { now, analysts, pace } = this.#telling;
    const state = stateAt(stream, stub, analysts, pace, now);
    if (this.#statuses !== null && !this.#statuses.has(state.status.toLowerCase())) return false;
    if (!asksPerson) return true;
    if (state.user === null) return this.#unassigned;
    return (
      this.#ids?.has(state.user.id.toLowerCase()) === true ||
      this.#emails?.has(state.user.email.toLowerCase()) === true
    );
  }

  #matchesText(stream: Stream, stub: Stub): boolean {
    if (this.#text === null) return true;
    const number = numberOf(stream, stub) ?? displayIdOf(stream, stub) ?? "";
    return (
      String(number).toLowerCase().includes(this.#text) ||
      titleOf(stream, stub).toLowerCase().includes(this.#text) ||
      (descriptionOf(stream, stub) ?? "").toLowerCase().includes(this.#text)
    );
  }
}
