"use client";

import { ArrowDown, ArrowUp, GripVertical } from "lucide-react";
import { useLayoutEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { cx } from "@/components/ui/class-names";
import { IconButton } from "@/components/ui/icon-button";
import {
  type ColumnId,
  defaultColumns,
  formatColumns,
  isNeeded,
  type ViewColumn,
} from "@/lib/domain/incident-columns";
import {
  inOrder,
  offeredOrder,
  placeColumn,
  showColumn,
  widenColumn,
} from "@/lib/domain/incident-columns-order";
import { columnLabel, ownWidthPx } from "../columns";
import { WidthField } from "./width-field";

export interface ColumnChooserProps {
  readonly columns: readonly ViewColumn[];
  readonly onColumns: (columns: readonly ViewColumn[]) => void;
}

type Way = "up" | "down";

/** Every column there is: ticked ones are shown, in this order. What is done takes effect at once. */
export function ColumnChooser({ columns, onColumns }: ColumnChooserProps) {
  // Those that are not shown keep their place while the chooser is open, so that no line jumps away when it is unticked.
  const [order, setOrder] = useState(() => offeredOrder(columns));
  const [dragged, setDragged] = useState<ColumnId | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const pressed = useRef<{ readonly id: ColumnId; readonly way: Way } | null>(null);

  useLayoutEffect(() => list.current?.querySelector<HTMLElement>("[type=checkbox]:enabled")?.focus(), []);
  // A line that moved was taken out of the page and put in again: its button has lost the focus.
  useLayoutEffect(() => {
    const { id, way } = pressed.current ?? {};
    pressed.current = null;
    if (!id || !way) return;
    const line = list.current?.querySelector(`[data-column="${id}"]`);
    const same = line?.querySelector<HTMLButtonElement>(`[data-way="${way}"]`);
    (same?.disabled ? line?.querySelector<HTMLButtonElement>("[data-way]:enabled") : same)?.focus();
  }, [order]);

  const place = (id: ColumnId, index: number) => {
    const next = placeColumn(order, id, index);
    setOrder(next);
    onColumns(inOrder(columns, next));
  };
  const lineOf = (id: ColumnId) => ({
    id,
    shown: columns.find((column) => column.id === id) ?? null,
    onShow: (isShown: boolean) => onColumns(showColumn(columns, order, id, isShown)),
    onWidth: (widthPx: number | null) => onColumns(widenColumn(columns, id, widthPx)),
  });
  const reset = () => {
    setOrder(offeredOrder(defaultColumns));
    onColumns(defaultColumns);
  };
  return (
    <div className="p-2">
      <div className="flex items-center justify-between gap-2 pb-1 pl-2">
        <h2 className="text-13 font-medium text-strong">Columns</h2>
        <Button size="small" variant="quiet" disabled={formatColumns(columns) === null} onClick={reset}>
          Reset
        </Button>
      </div>
      <ul ref={list} aria-label="Columns">
        <Line {...lineOf("severity")} isPinned />
        <Line {...lineOf("workspace")} isPinned />
        {order.map((id, index) => (
          <Line
            key={id}
            {...lineOf(id)}
            isDragged={dragged === id}
            onDrag={setDragged}
            onDragOver={() => {
              if (dragged !== null && dragged !== id) place(dragged, index);
            }}
            onMove={(way) => {
              pressed.current = { id, way };
              place(id, way === "up" ? index - 1 : index + 1);
            }}
            isFirst={index === 0}
            isLast={index === order.length - 1}
          />
        ))}
      </ul>
      <p className="px-2 pt-2 pb-1 text-12 text-quiet sm:hidden">
        A list this narrow shows severity, title, workspace, age and status at most.
      </p>
    </div>
  );
}

interface LineProps {
  readonly id: ColumnId;
  /** Null while it is not on show. */
  readonly shown: ViewColumn | null;
  readonly onShow: (isShown: boolean) => void;
  readonly onWidth: (widthPx: number | null) => void;
  /** It cannot be moved. */
  readonly isPinned?: boolean;
  readonly onMove?: (way: Way) => void;
  readonly onDrag?: (id: ColumnId | null) => void;
  readonly onDragOver?: () => void;
  readonly isDragged?: boolean;
  readonly isFirst?: boolean;
  readonly isLast?: boolean;
}

function Line(props: LineProps) {
  const {
    id,
    shown,
    onShow,
    onWidth,
    isPinned = false,
    onMove,
    onDrag,
    onDragOver,
    isDragged = false,
  } = props;
  const label = columnLabel(id);
  return (
    <li
      data-column={id}
      draggable={onDrag !== undefined}
      onDragStart={() => onDrag?.(id)}
      onDragEnd={() => onDrag?.(null)}
      onDragOver={(event) => {
        if (onDragOver === undefined) return;
        event.preventDefault();
        onDragOver();
      }}
      className={cx(
        "flex h-8 items-center gap-1 rounded-control pr-1 pl-1 focus-within:bg-raised hover:bg-raised",
        isDragged && "bg-raised",
      )}
    >
      <GripVertical
        aria-hidden="true"
        className={cx("size-3.5 shrink-0 text-quiet max-sm:hidden", onMove ? "cursor-grab" : "invisible")}
      />
      <Checkbox
        label={label}
        checked={shown !== null}
        disabled={isNeeded(id)}
        onChange={(event) => onShow(event.target.checked)}
        className={cx("min-w-0 flex-1", shown ? "text-strong" : "text-quiet")}
      />
      {shown === null || id === "severity" ? null : (
        <WidthField
          label={`Width of ${label}`}
          widthPx={shown.widthPx}
          ownPx={ownWidthPx(id)}
          onWidth={onWidth}
        />
      )}
      {onMove === undefined ? (
        <span className="w-14.5 pr-1 text-right text-12 text-quiet">{isPinned ? "Pinned" : null}</span>
      ) : (
        <Movers label={label} onMove={onMove} isFirst={props.isFirst} isLast={props.isLast} />
      )}
    </li>
  );
}

type MoversProps = { readonly label: string; readonly onMove: (way: Way) => void } & Pick<
  LineProps,
  "isFirst" | "isLast"
>;

function Movers({ label, onMove, isFirst, isLast }: MoversProps) {
  return (
    <span className="flex shrink-0 gap-0.5">
      <IconButton
        icon={ArrowUp}
        label={`Move ${label} to the left`}
        size="small"
        data-way="up"
        disabled={isFirst}
        onClick={() => onMove("up")}
      />
      <IconButton
        icon={ArrowDown}
        label={`Move ${label} to the right`}
        size="small"
        data-way="down"
        disabled={isLast}
        onClick={() => onMove("down")}
      />
    </span>
  );
}
