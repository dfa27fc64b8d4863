"use client";

import { useLayoutEffect, useMemo, useSyncExternalStore } from "react";
import type { IncidentView } from "@/lib/domain/incident-view";
import { type BoardState, IncidentBoard } from "@/lib/queries/incident-board";
import type { IncidentLedger } from "@/lib/queries/incident-ledger";

/** The rows of a ledger in the order of the view. */
export function useBoard(
  ledger: IncidentLedger,
  { sort, filter }: Pick<IncidentView, "sort" | "filter">,
): readonly [IncidentBoard, BoardState] {
  // A new ledger makes a new board; a changed view is told to the one there is.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const board = useMemo(() => new IncidentBoard(ledger, sort, filter), [ledger]);
  const state = useSyncExternalStore(board.subscribe, board.getState, board.getState);
  useLayoutEffect(() => board.setView(sort, filter), [board, sort, filter]);
  return [board, state];
}
