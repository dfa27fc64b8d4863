"use client";

import { useMemo } from "react";
import { useList } from "@/components/data/list/use-list";
import { useListShortcuts } from "@/components/data/list/use-list-shortcuts";
import { filterRows } from "@/lib/domain/data-source-view";
import type { DeskPartProps } from "./desk-part";
import { rowKey, rowSignature } from "./row-signature";
import { useSameRows } from "@/components/data/list/use-same-rows";

export interface WorkspaceListOptions extends DeskPartProps {
  /** Heading in the help. */
  readonly group: string;
}

/** The workspaces that matrix and workspace list show, with cursor, drawer and keys. */
export function useWorkspaceList({ desk, view, gridRef, searchRef, group }: WorkspaceListOptions) {
  const held = useSameRows(desk.matrix.rows, rowSignature);
  const rows = useMemo(() => filterRows(held, view.filter), [held, view.filter]);
  const list = useList({
    gridRef,
    rows,
    keyOf: rowKey,
    openKey: view.open,
    onOpen: (row) => view.setOpen(row.workspaceId),
    onClose: () => view.setOpen(null),
  });
  useListShortcuts({
    group,
    noun: "workspace",
    isOpen: view.open !== null,
    onMove: list.step,
    onOpen: list.openCursor,
    onEscape: list.escape,
    onRefresh: desk.refresh,
    searchRef,
  });
  return { rows, list, total: held.length };
}
