"use client";

import { useMemo } from "react";
import { useClock } from "@/components/shell/clock";
import { useSession } from "@/components/shell/session";
import { countBands, waitingRuns } from "@/lib/domain/gamebook-approvals";
import { runKey, waitsFor } from "@/lib/domain/gamebook-run";
import { matchesChoice } from "@/lib/domain/gamebook-view";
import { gamebookSource } from "@/lib/queries/gamebooks";
import { useListing } from "@/lib/queries/listing";
import type { GamebookView } from "../use-gamebook-view";
import { useNewest } from "../use-newest";
import { useReadOn } from "../use-read-on";

/** So many of the newest runs are looked through at a time. */
const step = 500;

/**
 * Runs that wait, from two readings: the newest runs of any status, which rest on no guess, and those that upstream lists under the
 * words for waiting that we know, which may reach further back. Neither is enough by itself.
 */
export function useApprovals(view: GamebookView) {
  const { ask, window } = view;
  const org = useSession().organisation.slug;
  const newest = useNewest(ask, window, step);
  const asked = useMemo(() => ({ ...ask, states: ["approval", "queued"] as const }), [ask]);
  // One workspace's history knows no statuses: it would be the same list twice.
  const first = useListing(gamebookSource(org, asked, ask.workspaces.length !== 1));
  const isTold =
    first.total !== null && first.error === null && first.rows.every((run) => waitsFor(run) !== null);
  const listed = useReadOn(first, isTold, JSON.stringify(asked));
  const isListComplete = isTold && listed.isComplete;

  const nowMs = useClock(60_000);
  const waiting = useMemo(() => {
    const older = isTold ? listed.rows.filter((run) => matchesChoice(run, { states: [], ...window })) : [];
    const all = new Map([...older, ...newest.runs].map((run) => [runKey(run), run]));
    return waitingRuns([...all.values()], nowMs);
  }, [isTold, listed.rows, newest.runs, window, nowMs]);
  const forApproval = useMemo(() => waiting.filter((one) => one.waiting === "approval"), [waiting]);
  const bands = countBands(forApproval);
  const rows = useMemo(
    () => [...forApproval, ...waiting.filter((one) => one.waiting === "queued")].map(({ run }) => run),
    [forApproval, waiting],
  );
  const listedText = isListComplete
    ? `, and the ${listed.rows.length.toLocaleString("en")} that ContraForce lists as waiting`
    : "";
  return {
    newest,
    rows,
    approvals: forApproval.length,
    queued: waiting.length - forApproval.length,
    bands,
    oldest: forApproval[0]?.run ?? null,
    /** Nothing that waits can be missing, as far as upstream tells. */
    isSure: newest.isCovered || isListComplete,
    basis: `${newest.basis}${listedText}`,
    refresh: () => {
      newest.listing.refresh();
      if (ask.workspaces.length !== 1) listed.refresh();
    },
  };
}
