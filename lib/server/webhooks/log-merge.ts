import "server-only";
import { createHash } from "node:crypto";
import type { DeliveryLog } from "@/lib/contract";
import { createdMs, newerFirst } from "@/lib/domain/delivery-outcome";
import { parseInstant } from "@/lib/domain/time";
import type { DeliveriesPage } from "@/lib/domain/webhook-deliveries";
import { Failure } from "@/lib/errors";

/** A page of one webhook's log. */
export interface LogPage {
  readonly rows: readonly DeliveryLog[];
  /** Upstream's token of the next page; null after the last one. */
  readonly next: string | null;
  readonly unreadableRows: number;
}

/** @param to upper bound that upstream is asked for, null for none */
export type ReadLogPage = (webhookId: string, token: string | null, to: string | null) => Promise<LogPage>;

/** Where the merge stands in one log. */
export interface LogPlace {
  readonly id: string;
  /** Token of the page that is being used up; null for the first one. */
  readonly token: string | null;
  /** Marks of the rows of this page that have been given out. */
  readonly seen: readonly string[];
  readonly isDone: boolean;
}

export interface MergeState {
  /** `createdAt` of the newest row when the list was begun, as upstream wrote it: later rows belong to another list. Null until one was read. */
  readonly pin: string | null;
  readonly places: readonly LogPlace[];
}

export interface MergeWish {
  readonly from: string | null;
  readonly to: string | null;
  readonly fits: (row: DeliveryLog) => boolean;
  readonly pageSize: number;
  /** Pages of upstream that one step may read beyond the first of each log. */
  readonly mostFurtherPages: number;
}

export interface MergeStep
  extends Pick<DeliveriesPage, "examined" | "readTo" | "failures" | "unreadableRows"> {
  readonly rows: readonly { readonly webhookId: string; readonly row: DeliveryLog }[];
  readonly state: MergeState;
}

/** Short, because a hundred of them per log travel in a token; forty-eight bits keep a hundred rows apart. */
const markOf = (row: DeliveryLog) => createHash("sha256").update(row.id).digest("base64url").slice(0, 8);

/** One log while a step runs. */
class Reading {
  token: string | null;
  seen: string[];
  next: string | null = null;
  isLoaded = false;
  isDone: boolean;
  failure: Failure | null = null;
  /** Newest first. */
  rows: DeliveryLog[] = [];

  constructor(place: LogPlace) {
    this.token = place.token;
    this.seen = [...place.seen];
    this.isDone = place.isDone;
  }

  take(page: LogPage): void {
    const given = new Set(this.seen);
    const fresh = new Map(page.rows.map((row) => [markOf(row), row]));
    this.rows = [...fresh].filter(([mark]) => !given.has(mark)).map(([, row]) => row);
    this.rows.sort(newerFirst);
    // An unchanged token would lead in a circle.
    this.next = page.next === this.token ? null : page.next;
    this.isLoaded = true;
  }

  /** Goes on to the next page when this one is used up. */
  turn(): void {
    if (!this.isLoaded || this.rows.length > 0) return;
    this.isLoaded = false;
    if (this.next === null) this.isDone = true;
    // Rows that came in since may have pushed given-out ones from the first page on to the second: their marks go along.
    else [this.token, this.seen] = [this.next, this.token === null ? this.seen : []];
  }

  place(id: string): LogPlace {
    this.turn();
    return { id, token: this.token, seen: this.isDone ? [] : this.seen, isDone: this.isDone };
  }
}

/** A merge in progress: which logs, and how much of upstream may still be asked. */
class Merge {
  readonly #readings: ReadonlyMap<string, Reading>;
  readonly #read: ReadLogPage;
  #pin: string | null;
  readonly #to: string | null;
  #pagesLeft: number;
  unreadableRows = 0;

  constructor(read: ReadLogPage, state: MergeState, wish: MergeWish) {
    this.#read = read;
    this.#readings = new Map(state.places.map((place) => [place.id, new Reading(place)]));
    this.#pin = state.pin;
    this.#to = wish.to;
    this.#pagesLeft = state.places.filter((place) => !place.isDone).length + wish.mostFurtherPages;
  }

  get open(): readonly (readonly [string, Reading])[] {
    return [...this.#readings].filter(([, reading]) => !reading.isDone && reading.failure === null);
  }

  /** Milliseconds beyond which rows belong to a later list. */
  get pinMs(): number | null {
    return parseInstant(this.#pin);
  }

  /** Every open log has its newest row at hand; false when the step may read no further. */
  async fill(): Promise<boolean> {
    for (;;) {
      for (const [, reading] of this.open) reading.turn();
      const empty = this.open.filter(([, reading]) => !reading.isLoaded);
      if (empty.length === 0) return true;
      if (empty.length > this.#pagesLeft) return false;
      this.#pagesLeft -= empty.length;
      const to = earlier(this.#to, this.#pin);
      await Promise.all(empty.map(([id, reading]) => this.#load(id, reading, to)));
      this.#pin ??= newestOf(this.open.flatMap(([, { rows }]) => rows));
    }
  }

  async #load(id: string, reading: Reading, to: string | null): Promise<void> {
    try {
      const page = await this.#read(id, reading.token, to);
      this.unreadableRows += page.unreadableRows;
      reading.take(page);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      reading.failure = error;
    }
  }

  /** Takes the newest row of all logs. */
  shift(): { readonly webhookId: string; readonly row: DeliveryLog } | null {
    let best: { webhookId: string; row: DeliveryLog; reading: Reading } | null = null;
    for (const [webhookId, reading] of this.open) {
      const [row] = reading.rows;
      if (row && (best === null || newerFirst(row, best.row) < 0)) best = { webhookId, row, reading };
    }
    if (best === null) return null;
    best.reading.rows.shift();
    best.reading.seen.push(markOf(best.row));
    return best;
  }

  get failures(): MergeStep["failures"] {
    return [...this.#readings].flatMap(([webhookId, { failure }]) =>
      failure ? [{ webhookId, code: failure.code, detail: failure.message }] : [],
    );
  }

  /** Nothing could be read at all: that is the failure of the step. */
  throwIfAllFailed(): void {
    const wanted = [...this.#readings.values()].filter(({ isDone }) => !isDone);
    const [first] = wanted;
    if (first?.failure && wanted.every(({ failure }) => failure !== null)) throw first.failure;
  }

  get state(): MergeState {
    return { pin: this.#pin, places: [...this.#readings].map(([id, reading]) => reading.place(id)) };
  }
}

function earlier(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return (parseInstant(a) ?? 0) <= (parseInstant(b) ?? 0) ? a : b;
}

function newestOf(rows: readonly DeliveryLog[]): string | null {
  return [...rows].sort(newerFirst)[0]?.createdAt ?? null;
}

/** What no bound excludes; both count. Rows without a readable time are never hidden. */
function isInside(row: DeliveryLog, fromMs: number | null, toMs: number | null): boolean {
  const at = createdMs(row);
  return at === null || ((fromMs === null || at >= fromMs) && (toMs === null || at <= toMs));
}

/**
 * One page of several logs as one, newest first. No row is lost or given out twice, whatever is added to the logs meanwhile: each log's place is the
 * token of the page in use and the rows of it that are gone. A log that fails keeps its place.
 * @throws Failure of upstream when nothing that is left could be read; the state before still holds
 */
export async function mergeStep(read: ReadLogPage, state: MergeState, wish: MergeWish): Promise<MergeStep> {
  const merge = new Merge(read, state, wish);
  const rows: { webhookId: string; row: DeliveryLog }[] = [];
  const [fromMs, toMs] = [parseInstant(wish.from), parseInstant(wish.to)];
  let [examined, readTo]: [number, string | null] = [0, null];
  while (rows.length < wish.pageSize && (await merge.fill())) {
    const next = merge.shift();
    if (next === null) break;
    const { row } = next;
    if (!isInside(row, fromMs, toMs) || !isInside(row, null, merge.pinMs)) continue;
    examined += 1;
    readTo = row.createdAt;
    if (wish.fits(row)) rows.push(next);
  }
  if (examined === 0) merge.throwIfAllFailed();
  const { failures, unreadableRows } = merge;
  const after = merge.state;
  return { rows, state: after, examined, readTo, failures, unreadableRows };
}
