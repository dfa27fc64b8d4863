"use client";

import { parseAsArrayOf, parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo } from "react";
import {
  isNarrowed,
  readStates,
  workspaceColumns,
  type WorkspaceFilter,
  type WorkspaceSort,
} from "@/lib/domain/workspace-desk";

const parsers = {
  q: parseAsString.withDefault(""),
  tag: parseAsArrayOf(parseAsString).withDefault([]),
  group: parseAsArrayOf(parseAsString).withDefault([]),
  state: parseAsStringLiteral(readStates),
  hidden: parseAsBoolean.withDefault(false),
  sort: parseAsStringLiteral(workspaceColumns).withDefault("name"),
  desc: parseAsBoolean.withDefault(false),
  open: parseAsString,
};

const textMax = 200;

/** The page's view as the address says it. Parts that did not change stay the same objects. */
export function useWorkspacesView() {
  const [raw, setRaw] = useQueryStates(parsers, { history: "replace", shallow: true, scroll: false });
  const { tag, group, state, hidden, sort, desc, open } = raw;
  const text = raw.q.slice(0, textMax);
  const filter = useMemo(
    (): WorkspaceFilter => ({ text, tags: tag, groupIds: group, state, isHiddenShown: hidden }),
    [text, tag, group, state, hidden],
  );
  const order = useMemo((): WorkspaceSort => ({ column: sort, descending: desc }), [sort, desc]);
  return {
    filter,
    sort: order,
    /** Id of the workspace in the drawer. */
    open,
    isNarrowed: isNarrowed(filter),
    narrow: (next: Partial<WorkspaceFilter>) =>
      void setRaw(
        {
          ...(next.text === undefined ? {} : { q: next.text }),
          ...(next.tags === undefined ? {} : { tag: [...next.tags] }),
          ...(next.groupIds === undefined ? {} : { group: [...next.groupIds] }),
          ...(next.state === undefined ? {} : { state: next.state }),
          ...(next.isHiddenShown === undefined ? {} : { hidden: next.isHiddenShown }),
          open: null,
        },
        { history: "push" },
      ),
    clear: () => void setRaw({ q: "", tag: [], group: [], state: null, open: null }, { history: "push" }),
    setSort: (next: WorkspaceSort) => void setRaw({ sort: next.column, desc: next.descending }),
    setOpen: (id: string | null) =>
      void setRaw({ open: id }, { history: open === null ? "push" : "replace" }),
  };
}

export type WorkspacesViewControl = ReturnType<typeof useWorkspacesView>;
