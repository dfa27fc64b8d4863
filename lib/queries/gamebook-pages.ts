import { CallError } from "@/lib/client/call-error";
import type { Gamebook, GamebookHistory, GamebookPages } from "@/lib/contract/shapes/gamebook";
import { runKey } from "@/lib/domain/gamebook-run";
import { type RunState, statusWordsOf } from "@/lib/domain/gamebook-status";
import { nextPageToken } from "@/lib/domain/paging";

/** What of the history is asked for. */
export interface GamebookAsk {
  /** Lower-case GUIDs; empty: all that the person may see. */
  readonly workspaces: readonly string[];
  /** Empty: all. */
  readonly states: readonly RunState[];
  readonly text: string;
}

/** What reads one upstream page of the history over workspaces. */
export type ReadAcross = (query: {
  readonly currentPage: number;
  readonly workspaces?: string;
  readonly statuses?: string;
  readonly query?: string;
}) => Promise<GamebookPages>;

/** What reads one upstream page of one workspace's history. */
export type ReadOne = (query: {
  readonly pageToken?: string;
  readonly query?: string;
}) => Promise<GamebookHistory>;

/** Where a reading stands. Never leaves the browser's memory. */
export interface GamebookCursor {
  /** The page to read next, of the history over workspaces. */
  readonly page: number;
  /** The token to go on with, of one workspace's history. */
  readonly token: string | null;
  /** Upstream's total when the page before was read; null when it was not told. */
  readonly total: number | null;
  /** Keys of all runs read so far. One set for all positions of a reading, which only grows: a copy for each page would cost the square of them. */
  readonly seen: Set<string>;
  /** Statuses are asked of upstream; else the rows are chosen here. */
  readonly isStatusAsked: boolean;
}

export interface GamebookPage {
  /** Newly read runs, and newer copies of ones read before. */
  readonly runs: readonly Gamebook[];
  /** Null: the end is reached. */
  readonly next: GamebookCursor | null;
  /** Upstream's total of what was asked; null when it is not told (to people limited to some workspaces it never is). */
  readonly total: number | null;
  /** Whether `total` counts the runs of the wanted statuses only. */
  readonly isStatusAsked: boolean;
}

const firstPage = 1;
/** A list that changes faster than it can be read anew is not chased for ever. */
const roundsMax = 3;

/** One page of the history, whichever operation serves it: one workspace has page tokens, several have page numbers. */
export function readGamebookPage(
  ask: GamebookAsk,
  cursor: GamebookCursor | null,
  read: { readonly across: ReadAcross; readonly one: ReadOne },
): Promise<GamebookPage> {
  return ask.workspaces.length === 1
    ? readByToken(ask, cursor, read.one)
    : new AcrossReader(ask, read.across).page(cursor);
}

const isCode = (error: unknown, ...codes: readonly CallError["code"][]) =>
  error instanceof CallError && codes.includes(error.code);

/**
 * Upstream has no status filter for one workspace. A position that is no longer taken starts over: what was read before comes once
 * more, as newer copies.
 */
async function readByToken(
  ask: GamebookAsk,
  cursor: GamebookCursor | null,
  read: ReadOne,
): Promise<GamebookPage> {
  const query = ask.text === "" ? {} : { query: ask.text };
  const from = (token: string | null) => read(token === null ? query : { ...query, pageToken: token });
  const reply = await from(cursor?.token ?? null).catch((error: unknown) => {
    if (cursor === null || !isCode(error, "CURSOR_EXPIRED", "CURSOR_INVALID")) throw error;
    return from(null);
  });
  const workspaceId = ask.workspaces[0] ?? null;
  // The rows of a workspace's own list need not say again whose they are.
  const runs = reply.gamebooks.map((run) => (run.workspaceId === null ? { ...run, workspaceId } : run));
  const total = reply.totalCount;
  const token = nextPageToken(reply.pageToken, cursor?.token ?? null);
  const start = { page: 0, total, seen: cursor?.seen ?? new Set<string>(), isStatusAsked: false };
  return { runs, total, isStatusAsked: false, next: token === null ? null : { ...start, token } };
}

/**
 * Reads a list by page number while it moves. A run that arrives pushes all others down, so that the next page repeats some: no harm. A
 * run that leaves pulls them up, so that the next page skips some: they would be missed. Both change the total, and
 * what is then unsure is read again before the page counts as read.
 */
class AcrossReader {
  constructor(
    private readonly ask: GamebookAsk,
    private readonly read: ReadAcross,
  ) {}

  async page(cursor: GamebookCursor | null): Promise<GamebookPage> {
    if (cursor === null) return this.first();
    const reply = await this.at(cursor.page, cursor.isStatusAsked);
    const again = await this.repair(cursor, reply);
    return this.pageOf([...again.runs, ...reply.items], { ...cursor, total: again.total }, reply);
  }

  private at(page: number, isStatusAsked: boolean): Promise<GamebookPages> {
    const { workspaces, states, text } = this.ask;
    return this.read({
      currentPage: page,
      ...(workspaces.length > 0 ? { workspaces: workspaces.join(",") } : {}),
      ...(isStatusAsked ? { statuses: statusWordsOf(states).join(",") } : {}),
      ...(text === "" ? {} : { query: text }),
    });
  }

  private async first(): Promise<GamebookPage> {
    // Its own word is all that we have for an unknown status, so there is nothing to ask by.
    const mayAsk = this.ask.states.length > 0 && !this.ask.states.includes("unknown");
    const asked = mayAsk ? await this.firstByStatus() : null;
    const reply = asked ?? (await this.at(firstPage, false));
    const before = await this.pageBefore(reply, asked !== null);
    const start = {
      page: firstPage,
      token: null,
      total: reply.totalCount,
      seen: new Set<string>(),
      isStatusAsked: asked !== null,
    };
    return this.pageOf([...before, ...reply.items], start, reply);
  }

  /**
   * Null where asking by status is no use: upstream refuses the words (its own are not documented), or the total is withheld, without
   * which a run that leaves the filter while it is being read could not be noticed.
   */
  private async firstByStatus(): Promise<GamebookPages | null> {
    try {
      const reply = await this.at(firstPage, true);
      return reply.totalCount === null ? null : reply;
    } catch (error) {
      if (isCode(error, "UPSTREAM_INVALID")) return null;
      throw error;
    }
  }

  /** That pages count from 1 is a guess. Where the first page has one before it, they count from 0. */
  private async pageBefore(reply: GamebookPages, isStatusAsked: boolean): Promise<readonly Gamebook[]> {
    if (!reply.hasPreviousPage) return [];
    try {
      return (await this.at(firstPage - 1, isStatusAsked)).items;
    } catch (error) {
      if (isCode(error, "UPSTREAM_INVALID", "UPSTREAM_NOT_FOUND")) return [];
      throw error;
    }
  }

  /** What the list's movement since the page before may have hidden. */
  private async repair(
    cursor: GamebookCursor,
    reply: GamebookPages,
  ): Promise<{ runs: readonly Gamebook[]; total: number | null }> {
    let { total } = reply.totalCount === null ? cursor : { total: reply.totalCount };
    let pages = pagesToRepeat(cursor, reply);
    const found: Gamebook[] = [];
    for (let round = 1; pages > 0 && round <= roundsMax; round += 1) {
      const before = total;
      for (let page = firstPage; page <= pages; page += 1) {
        const repeated = await this.at(page, cursor.isStatusAsked);
        found.push(...repeated.items);
        total = repeated.totalCount ?? total;
      }
      // It moved once more meanwhile.
      pages = total === before ? 0 : pages;
    }
    return { runs: found, total };
  }

  private pageOf(runs: readonly Gamebook[], cursor: GamebookCursor, reply: GamebookPages): GamebookPage {
    const { isStatusAsked, total, seen } = cursor;
    for (const run of runs) seen.add(runKey(run));
    // Of a page in the middle, somebody limited to some workspaces may see nothing; to everybody else an empty page is the end.
    const hasMore = reply.hasNextPage && (reply.items.length > 0 || reply.totalCount === null);
    return { runs, next: hasMore ? { ...cursor, page: cursor.page + 1 } : null, total, isStatusAsked };
  }
}

/**
 * How many pages from the first on have to be read again. Of the whole history runs only arrive, at its head: as many as the total has grown
 * by, or, where that is withheld, as this page repeats. Of one status they come and go anywhere. (What leaves while as many
 * arrive further back is not noticed: upstream shows no sign of it.)
 */
function pagesToRepeat(cursor: GamebookCursor, reply: GamebookPages): number {
  const repeated = reply.items.filter((run) => cursor.seen.has(runKey(run))).length;
  const arrived =
    cursor.total === null || reply.totalCount === null ? repeated : reply.totalCount - cursor.total;
  if (arrived === 0) return 0;
  const readBefore = cursor.page - 1;
  const isAllRepeated = repeated === reply.items.length;
  if (cursor.isStatusAsked || arrived < 0 || isAllRepeated) return readBefore;
  const pageSize = reply.pageSize ?? reply.items.length;
  return Math.min(readBefore, Math.ceil(arrived / Math.max(1, pageSize)));
}
