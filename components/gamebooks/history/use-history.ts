"use client";

import { type RefObject, useMemo, useState } from "react";
import type { ListHandle } from "@/components/data/list/list-grid";
import { useList } from "@/components/data/list/use-list";
import { useListShortcuts } from "@/components/data/list/use-list-shortcuts";
import { useReadAhead } from "@/components/data/list/use-read-ahead";
import { useFormatTime } from "@/components/data/use-format-time";
import { useSession } from "@/components/shell/session";
import { runKey } from "@/lib/domain/gamebook-run";
import { arrangeRuns, describeHistory, isWindowRead, oldestCreation } from "@/lib/domain/gamebook-view";
import { gamebookSource } from "@/lib/queries/gamebooks";
import { useListing } from "@/lib/queries/listing";
import { gamebookKeyOf } from "../run-href";
import type { GamebookView } from "../use-gamebook-view";
import { useReadOn } from "../use-read-on";

/** With rows chosen here, reading goes on until a screen is full. */
const linesWanted = 40;

export type History = ReturnType<typeof useHistory>;

/** The history without its looks: what is read, what of it is shown, cursor and drawer. */
export function useHistory(
  view: GamebookView,
  searchRef: RefObject<HTMLInputElement | null>,
  gridRef: RefObject<ListHandle | null>,
) {
  const org = useSession().organisation.slug;
  const { ask, window, open } = view;
  const { fromMs } = window;
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const first = useListing(gamebookSource(org, ask));
  const { rows: runs } = first;
  const { states } = ask;
  const { lines, matching } = useMemo(
    () => arrangeRuns(runs, { states, ...window }, unfolded),
    [runs, states, window, unfolded],
  );
  const isChosen = fromMs !== null || matching !== runs.length;
  const isCovered = first.isComplete || isWindowRead(runs, fromMs);
  const isFilling = runs.length === 0 || (isChosen && lines.length < linesWanted);
  const listing = useReadOn(
    first,
    !isCovered && (fromMs !== null || isFilling),
    JSON.stringify([ask, window]),
  );

  const shown = useMemo(() => lines.map((line) => line.run), [lines]);
  const byKey = useMemo(() => new Map(lines.map((line) => [line.key, line])), [lines]);
  const toggle = (key: string) =>
    setUnfolded((now) =>
      now.has(key) ? new Set([...now].filter((each) => each !== key)) : new Set([...now, key]),
    );
  const openKey = open === null ? null : runKey({ id: open.gamebookId, workspaceId: open.workspaceId });
  const list = useList({
    gridRef,
    rows: shown,
    keyOf: runKey,
    openKey,
    onOpen: (run) => view.setOpen(gamebookKeyOf(run)),
    onClose: () => view.setOpen(null),
  });
  const onView = useReadAhead({ ...listing, rows: shown, isComplete: isCovered }, gridRef);
  const fold = () => {
    const line = list.cursor === null ? undefined : byKey.get(list.cursor.key);
    if (line?.chain && line.chain.retries.length > 0) toggle(line.chain.key);
  };
  useListShortcuts({
    group: "Gamebook list",
    noun: "run",
    isOpen: open !== null,
    onMove: list.step,
    onOpen: list.openCursor,
    onEscape: list.escape,
    onRefresh: listing.refresh,
    searchRef,
    more: [{ keys: "e", label: "Unfold or fold the retries", run: fold }],
  });
  const formatTime = useFormatTime();
  const oldest = oldestCreation(runs);
  const text = describeHistory({
    ...listing,
    loaded: runs.length,
    matching: isChosen ? matching : null,
    isCovered,
    backTo: oldest === null ? null : formatTime(oldest),
  });
  return { listing, shown, byKey, toggle, openKey, list, onView, text, isCovered, isChosen };
}
