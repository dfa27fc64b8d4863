"use client";

import type { RefObject } from "react";
import { useMemo } from "react";
import type { ListHandle } from "@/components/data/list/list-grid";
import { useList } from "@/components/data/list/use-list";
import { useListShortcuts } from "@/components/data/list/use-list-shortcuts";
import { filterRows } from "@/lib/domain/data-source-view";
import { rowKey, rowSignature } from "./row-signature";
import type { Desk } from "./use-desk";
import type { DeskViewControl } from "./use-desk-view";
import { useSameRows } from "./use-same-rows";

export interface WorkspaceListOptions {
  readonly desk: Desk;
  readonly view: DeskViewControl;
  readonly gridRef: RefObject<ListHandle | null>;
  readonly searchRef: RefObject<HTMLInputElement | null>;
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
