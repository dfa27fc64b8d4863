import "server-only";
import { and, eq, sql } from "drizzle-orm";
import type { CoverageState } from "@/lib/domain/coverage";
import { type FailureCode, failures } from "@/lib/errors";
import { rowsOf, type Tx } from "@/lib/server/db/database";
import { ownOrganisation } from "@/lib/server/db/organisation";
import { registerCoverage, registerReadings } from "@/lib/server/db/schema/register";
import { storableJson, storableText } from "@/lib/server/db/storable";
import { appendEvents } from "@/lib/server/live/log";
import { spellSource } from "@/lib/server/walk/state";
import { recordObservations } from "@/lib/server/workspaces";
import { takeRegisterTurn } from "./reading";
import { addSpan } from "./record-spans";

/** How a reading left one workspace × source. */
export interface ReadingCoverage {
  readonly workspaceId: string;
  /** Null when the workspace is known and none of its sources is. */
  readonly source: string | null;
  readonly state: CoverageState;
  /** ISO time of its newest answer; null when there was none. */
  readonly asOf: string | null;
  /** Plain sentence for people. */
  readonly reason: string | null;
}

export interface ReadingEnd {
  readonly readingId: string;
  readonly endedAt: string;
  readonly outcome: "complete" | "failed" | "stopped";
  /** A code of `lib/errors`. */
  readonly failureCode: string | null;
  readonly coverage: readonly ReadingCoverage[];
}

type Reading = typeof registerReadings.$inferSelect;
/** In the spelling of the register; an empty source stands for "none known". */
type Entry = Omit<ReadingCoverage, "source"> & { readonly source: string };

const isRead = ({ state }: Pick<ReadingCoverage, "state">) => state === "read" || state === "quiet";

/**
 * Closes a reading and writes down what it covered. A pair that it read adds the reading's window to what the register covers; after a
 * sweep a pair that was read before and is not named now counts as left out. Closing it again changes nothing.
 * A sweep that was begun before the newest one recorded does not undo what that one says, but what it read is covered all the same.
 */
export async function finishReading(tx: Tx, end: ReadingEnd): Promise<void> {
  const organisationId = await takeRegisterTurn(tx);
  const table = registerReadings;
  const [reading] = await tx.select().from(table).where(eq(table.id, end.readingId));
  if (!reading) throw new Error("A reading ends after it was begun.");
  if (reading.endedAt !== null) return;
  const { outcome, failureCode } = end;
  await tx
    .update(table)
    .set({ endedAt: new Date(end.endedAt), outcome, failureCode })
    .where(and(eq(table.organisationId, organisationId), eq(table.id, end.readingId)));
  // Single incidents looked at again say nothing about windows.
  if (reading.kind === "recheck") return;
  const entries = end.coverage.map(spelled);
  const read = entries.filter((entry) => isRead(entry) && entry.source !== "");
  await recordObservations(tx, organisationId, { workspaces: [], pairs: [], read }, Date.parse(end.endedAt));
  // Nothing created after it was begun is promised to be in it.
  const to = Math.min(reading.windowTo.getTime(), reading.startedAt.getTime());
  await addSpan(tx, read, { from: reading.windowFrom.getTime(), to });
  if (reading.kind === "sweep") await writeCoverage(tx, reading, end, entries);
  await appendEvents(tx, [{ topic: "coverage", workspaceId: null }]);
}

function spelled({ workspaceId, source, ...rest }: ReadingCoverage): Entry {
  return {
    ...rest,
    workspaceId: storableText(workspaceId.toLowerCase()),
    source: source === null ? "" : storableText(spellSource(source)),
  };
}

const isCode = (code: string): code is FailureCode => Object.hasOwn(failures, code);

/** What a pair without a word of its own is told by, by how the sweep ended. */
function fallback({ outcome, failureCode }: ReadingEnd): Pick<Entry, "state" | "reason"> | null {
  if (outcome === "stopped") return null;
  if (outcome === "complete") return { state: "missing", reason: "left out of the reply" };
  const words = failureCode !== null && isCode(failureCode) ? failures[failureCode].title : null;
  return { state: "failed", reason: words ?? "the reading failed" };
}

async function writeCoverage(
  tx: Tx,
  reading: Reading,
  end: ReadingEnd,
  named: readonly Entry[],
): Promise<void> {
  const without = fallback(end);
  // What was still being read when it ended was not read.
  const settled = named.flatMap((entry) =>
    entry.state !== "reading" ? [entry] : without === null ? [] : [{ ...entry, ...without }],
  );
  const key = (entry: Pick<Entry, "workspaceId" | "source">) => `${entry.workspaceId} ${entry.source}`;
  const mentioned = new Set(named.map(key));
  const isAsked = (source: string) =>
    reading.sources.length === 0 || reading.sources.map(spellSource).includes(source) || source === "";
  const held = without === null ? [] : await tx.select().from(registerCoverage);
  const leftOut = held.flatMap(({ workspaceId, source }) =>
    without !== null && isAsked(source) && !mentioned.has(key({ workspaceId, source }))
      ? [{ workspaceId, source, asOf: null, ...without }]
      : [],
  );
  await upsertCoverage(tx, reading, end, [...settled, ...leftOut]);
  await dropPlaceholders(tx);
}

async function upsertCoverage(
  tx: Tx,
  reading: Reading,
  end: ReadingEnd,
  entries: readonly Entry[],
): Promise<void> {
  if (entries.length === 0) return;
  const at = (date: Date) => sql`${date.toISOString()}::timestamptz`;
  const rows = entries.map((entry) => ({ ...entry, isRead: isRead(entry) }));
  const ifRead = (value: ReturnType<typeof sql>) => sql`case when each."isRead" then ${value} end`;
  await tx.execute(sql`
    insert into register_coverage as held
      (organisation_id, workspace_id, source, state, reason, swept_at, reading_id, read_as_of, window_from, window_to,
       not_read_since)
    select distinct on (each."workspaceId", each.source) ${ownOrganisation}, each."workspaceId", each.source, each.state,
        case when not each."isRead" then each.reason end, ${at(reading.startedAt)},
        ${ifRead(sql`${reading.id}::uuid`)}, ${ifRead(sql`coalesce(each."asOf", ${end.endedAt}::timestamptz)`)},
        ${ifRead(at(reading.windowFrom))}, ${ifRead(at(reading.windowTo))},
        case when not each."isRead" then ${at(reading.startedAt)} end
      from jsonb_to_recordset(${storableJson(rows)}::jsonb) as each
        ("workspaceId" text, source text, state text, reason text, "asOf" timestamptz, "isRead" boolean)
      order by each."workspaceId", each.source, each."isRead"
    on conflict (organisation_id, workspace_id, source) do update
      set state = excluded.state, reason = excluded.reason, swept_at = excluded.swept_at,
          reading_id = coalesce(excluded.reading_id, held.reading_id),
          read_as_of = coalesce(excluded.read_as_of, held.read_as_of),
          window_from = coalesce(excluded.window_from, held.window_from),
          window_to = coalesce(excluded.window_to, held.window_to),
          not_read_since = case when excluded.not_read_since is not null
            then coalesce(held.not_read_since, excluded.not_read_since) end
      where held.swept_at <= excluded.swept_at`);
}

/** A workspace without a known source gives way as soon as one of its sources is known. */
async function dropPlaceholders(tx: Tx): Promise<void> {
  await tx.execute(sql`
    delete from register_coverage as held
      where held.source = '' and exists (
        select from register_coverage as other
          where other.workspace_id = held.workspace_id and other.source <> '')`);
}

/** True when every incident of this pair that was created in the window (ISO instants) was read at least once. */
export async function coversWindow(
  tx: Tx,
  pair: { readonly workspaceId: string; readonly source: string },
  window: { readonly from: string; readonly to: string },
): Promise<boolean> {
  const found = rowsOf(
    await tx.execute(sql`
      select 1 from register_spans
        where workspace_id = ${pair.workspaceId.toLowerCase()} and source = ${spellSource(pair.source)}
          and covered_from <= ${window.from}::timestamptz and covered_to >= ${window.to}::timestamptz`),
  );
  return found.length > 0;
}
