"use client";

import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo, useState } from "react";
import { type DayRange, dayRanges, rangeStart } from "@/lib/domain/day-range";
import type { RunState } from "@/lib/domain/gamebook-status";
import {
  type GamebookTab,
  gamebookTabs,
  parseStates,
  parseWindow,
  parseWorkspaces,
  type RunWindow,
} from "@/lib/domain/gamebook-view";
import type { GamebookAsk } from "@/lib/queries/gamebooks";
import type { GamebookKey } from "@/lib/routes";

const parsers = {
  view: parseAsStringLiteral(gamebookTabs).withDefault("history"),
  workspace: parseAsString,
  status: parseAsString,
  q: parseAsString.withDefault(""),
  range: parseAsStringLiteral(dayRanges).withDefault("all"),
  from: parseAsString,
  to: parseAsString,
  open: parseAsString,
};

/** Upstream takes so much text. */
const textMax = 200;

export interface GamebookViewChange {
  readonly view?: GamebookTab;
  readonly workspaces?: readonly string[];
  readonly states?: readonly RunState[];
  readonly text?: string;
  readonly range?: DayRange;
  /** Instants, instead of a range. */
  readonly between?: { readonly from: string; readonly to: string };
}

/** The view as the address says it. Parts that did not change stay the same objects. */
export function useGamebookView() {
  const [raw, setRaw] = useQueryStates(parsers, { history: "replace", shallow: true, scroll: false });
  // The range counts from when the page was opened: a limit that moved on would be another list every second.
  const [openedAt] = useState(() => Date.now());
  const { view, workspace, status, range } = raw;
  const text = raw.q.slice(0, textMax);
  const ask = useMemo(
    (): GamebookAsk => ({ workspaces: parseWorkspaces(workspace), states: parseStates(status), text }),
    [workspace, status, text],
  );
  const { from, to } = raw;
  const between = useMemo(() => parseWindow(from, to), [from, to]);
  const window = useMemo(
    (): RunWindow => between ?? { fromMs: rangeStart(range, openedAt), toMs: null },
    [between, range, openedAt],
  );
  const open = useMemo(() => parseOpen(raw.open), [raw.open]);
  const set = (change: GamebookViewChange) => {
    const { workspaces, states, text: q, between: ends, ...rest } = change;
    const next = {
      ...rest,
      ...(rest.range === undefined ? {} : { from: null, to: null }),
      ...(ends === undefined ? {} : { ...ends, range: null }),
      ...(workspaces === undefined ? {} : { workspace: listText(workspaces) }),
      ...(states === undefined ? {} : { status: listText(states) }),
      ...(q === undefined ? {} : { q }),
      open: null,
    };
    void setRaw(next, { history: "push" });
  };
  return {
    view,
    ask,
    range,
    /** The range, or, when instants are chosen, those. */
    between,
    window,
    isNarrowed: ask.workspaces.length > 0 || ask.states.length > 0 || text !== "" || window.fromMs !== null,
    open,
    set,
    clear: () => set({ workspaces: [], states: [], text: "", range: "all" }),
    setOpen: (key: GamebookKey | null) =>
      void setRaw(
        { open: key === null ? null : `${key.workspaceId}/${encodeURIComponent(key.gamebookId)}` },
        { history: open === null ? "push" : "replace" },
      ),
  };
}

export type GamebookView = ReturnType<typeof useGamebookView>;

const listText = (values: readonly string[]) => (values.length === 0 ? null : values.join(","));

function parseOpen(text: string | null): GamebookKey | null {
  const [workspaceId, id] = (text ?? "").split("/");
  if (!workspaceId || !id || parseWorkspaces(workspaceId).length === 0) return null;
  try {
    return { workspaceId: workspaceId.toLowerCase(), gamebookId: decodeURIComponent(id) };
  } catch {
    return null;
  }
}
