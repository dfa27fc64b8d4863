import "server-only";
import { wholeRegister } from "@/lib/domain/incident-query";
import type { OpenSummary } from "@/lib/domain/register";
import { nobody } from "@/lib/domain/incident-filter-facets";
import type { Tx } from "@/lib/server/db/database";
import { countHours } from "./hours";
import { type Asker, named, readFigures, readPage } from "./query";

const hourMs = 3_600_000;
/** Arrivals and closures are told for this hour and so many before it. */
const hoursBefore = 7;

/**
 * The open work of the asker's workspaces, however old, and what came and went in the last hours. Everything that is not closed and that
 * upstream still knows is open.
 */
export async function readSummary(tx: Tx, asker: Asker): Promise<OpenSummary> {
  const { scope, nowMs } = asker;
  const status = { any: [], none: ["Closed", "Gone"] };
  const open = { ...wholeRegister, facets: { ...wholeRegister.facets, status } };
  const oldestFirst = { column: "age", descending: true } as const;
  const { rows } = await readPage(tx, { ...open, sort: oldestFirst }, scope, 1);
  const { figures, names } = await readFigures(tx, open, asker);
  const { total, facets, ...basis } = figures;
  const thisHourMs = Math.floor(nowMs / hourMs) * hourMs;
  const window = {
    from: new Date(thisHourMs - hoursBefore * hourMs).toISOString(),
    to: new Date(thisHourMs + hourMs).toISOString(),
  };
  const {
    hours,
    closedBeforeSeen,
    window: hoursCover,
  } = await countHours(tx, { ...wholeRegister, ...window }, asker);
  const count = (values: readonly { value: string; rows: number }[], value: string) =>
    values.find((each) => each.value === value)?.rows ?? 0;
  const [oldest] = rows;
  return {
    ...basis,
    open: total,
    bySeverity: Object.fromEntries(facets.severity.map(({ value, rows }) => [value, rows])),
    unassigned: count(facets.owner, nobody),
    oldest: oldest === undefined || oldest.creationTime === null ? null : named(oldest, names),
    hours,
    closedBeforeSeen,
    areHoursCovered: hoursCover.isReached,
  };
}
