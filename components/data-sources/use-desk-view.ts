"use client";

import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo } from "react";
import {
  anomalyColumns,
  type AnomalySort,
  type DeskFilter,
  type DeskView,
  deskViews,
  isNarrowed,
} from "@/lib/domain/data-source-view";

const parsers = {
  view: parseAsStringLiteral(deskViews).withDefault("anomalies"),
  q: parseAsString.withDefault(""),
  connector: parseAsString,
  trouble: parseAsBoolean.withDefault(false),
  past: parseAsBoolean.withDefault(false),
  sort: parseAsStringLiteral(anomalyColumns).withDefault("state"),
  desc: parseAsBoolean.withDefault(false),
  open: parseAsString,
};

const textMax = 200;

/** The desk's view as the address says it. Parts that did not change stay the same objects. */
export function useDeskView() {
  const [raw, setRaw] = useQueryStates(parsers, { history: "replace", shallow: true, scroll: false });
  const { view, connector, trouble, past, sort, desc, open } = raw;
  const text = raw.q.slice(0, textMax);
  const filter = useMemo(
    (): DeskFilter => ({ text, connector, isTroubleOnly: trouble, isPastShown: past }),
    [text, connector, trouble, past],
  );
  const order = useMemo((): AnomalySort => ({ column: sort, descending: desc }), [sort, desc]);
  return {
    view,
    filter,
    sort: order,
    /** Id of the anomaly, or of the workspace, in the drawer. */
    open,
    isNarrowed: isNarrowed(filter),
    show: (next: DeskView) => void setRaw({ view: next, open: null }, { history: "push" }),
    narrow: (next: Partial<DeskFilter>) =>
      void setRaw(
        {
          ...(next.text === undefined ? {} : { q: next.text }),
          ...(next.connector === undefined ? {} : { connector: next.connector }),
          ...(next.isTroubleOnly === undefined ? {} : { trouble: next.isTroubleOnly }),
          ...(next.isPastShown === undefined ? {} : { past: next.isPastShown }),
          open: null,
        },
        { history: "push" },
      ),
    clear: () => void setRaw({ q: "", connector: null, trouble: false, open: null }, { history: "push" }),
    setSort: (next: AnomalySort) => void setRaw({ sort: next.column, desc: next.descending }),
    setOpen: (id: string | null) =>
      void setRaw({ open: id }, { history: open === null ? "push" : "replace" }),
  };
}

export type DeskViewControl = ReturnType<typeof useDeskView>;
