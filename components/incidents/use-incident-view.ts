"use client";

import { parseAsString, useQueryStates } from "nuqs";
import { useCallback, useMemo } from "react";
import { type IncidentView, openWorkKey } from "@/lib/domain/incident-view";
import {
  formatView,
  parseView,
  type RawView,
  type ViewNote,
  type ViewParam,
  viewParams,
} from "@/lib/domain/incident-view-codec";

/** Every member as plain text: the codec in lib/domain gives it meaning, and is tested there. */
const parsers = Object.fromEntries(viewParams.map((param) => [param, parseAsString])) as Record<
  ViewParam,
  typeof parseAsString
>;

export interface ViewControl {
  readonly view: IncidentView;
  /** What in the address could not be used. */
  readonly notes: readonly ViewNote[];
  /** Changes the view and the address. `push` makes a step that the browser's back button undoes. */
  readonly change: (next: (view: IncidentView) => IncidentView, history?: "push" | "replace") => void;
}

/** The view as the address says it. Parts that did not change stay the same objects. */
export function useIncidentView(): ViewControl {
  const [raw, setRaw] = useQueryStates(parsers, { history: "replace", shallow: true, scroll: false });
  const parsed = useMemo(() => parseView(raw), [raw]);
  const filter = useSame(parsed.view.filter);
  const sort = useSame(parsed.view.sort);
  const open = useSame(parsed.view.open);
  const columns = useSame(parsed.view.columns);
  const { density, saved } = parsed.view;
  const view = useMemo(
    () => ({ filter, sort, density, columns, open, saved }),
    [filter, sort, density, columns, open, saved],
  );
  const change = useCallback<ViewControl["change"]>(
    (next, history = "replace") => {
      // nuqs hands over what was asked for last, also when the address has not followed yet.
      const update = (current: RawView) => nameWhenBare(formatView(next(parseView(current).view)), current);
      setRaw(update, { history }).catch(() => undefined);
    },
    [setRaw],
  );
  return { view, notes: parsed.notes, change };
}

/**
 * An address without any member opens the person's default view. One that was changed until nothing is left of it means
 * open work, also when it is read again.
 */
function nameWhenBare(next: RawView, before: RawView): RawView {
  const isBare = viewParams.every((param) => next[param] === null);
  const wasBare = viewParams.every((param) => param === "open" || before[param] === null);
  return isBare && !wasBare ? { ...next, view: openWorkKey } : next;
}

/** The same object for as long as it says the same. */
function useSame<Value extends IncidentView["filter" | "sort" | "columns" | "open"]>(value: Value): Value {
  const text = JSON.stringify(value);
  return useMemo(() => JSON.parse(text) as Value, [text]);
}
