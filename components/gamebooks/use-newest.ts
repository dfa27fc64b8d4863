"use client";

import { useMemo, useState } from "react";
import { useFormatTime } from "@/components/data/use-format-time";
import { useSession } from "@/components/shell/session";
import type { Gamebook } from "@/lib/contract/shapes/gamebook";
import {
  describeNewest,
  isWindowRead,
  matchesChoice,
  oldestCreation,
  type RunWindow,
} from "@/lib/domain/gamebook-view";
import { type GamebookAsk, gamebookSource } from "@/lib/queries/gamebooks";
import { type Listing, useListing } from "@/lib/queries/listing";
import { useReadOn } from "./use-read-on";

export interface NewestRuns {
  /** Those of the time that is wanted. */
  readonly runs: readonly Gamebook[];
  readonly listing: Listing<Gamebook>;
  /** Everything that could belong to them is read. */
  readonly isCovered: boolean;
  /** What figures over them rest on, as a sentence without its beginning. */
  readonly basis: string;
}

/** The newest runs of any status, so many of them; `listing.more` reads as many again. */
export function useNewest(ask: GamebookAsk, window: RunWindow, step: number): NewestRuns {
  const org = useSession().organisation.slug;
  const all = useMemo(() => ({ ...ask, states: [] }), [ask]);
  const actKey = JSON.stringify([all, window]);
  const [target, setTarget] = useState({ actKey, count: step });
  const wanted = target.actKey === actKey ? target.count : step;
  const first = useListing(gamebookSource(org, all));
  const isCovered = first.isComplete || isWindowRead(first.rows, window.fromMs);
  const listing = useReadOn(first, !isCovered && first.rows.length < wanted, actKey);
  const runs = useMemo(
    () => first.rows.filter((run) => matchesChoice(run, { states: [], ...window })),
    [first.rows, window],
  );
  const formatTime = useFormatTime();
  const oldest = oldestCreation(first.rows);
  const basis = describeNewest({
    ...listing,
    loaded: first.rows.length,
    backTo: oldest === null ? null : formatTime(oldest),
  });
  const more = () => {
    if (listing.error === null) setTarget({ actKey, count: Math.max(wanted, first.rows.length) + step });
    listing.more();
  };
  return { runs, listing: { ...listing, more }, isCovered, basis };
}
