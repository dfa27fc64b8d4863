"use client";

import { useMemo } from "react";
import { filterColumns } from "@/lib/domain/data-source-view";
import type { DeskPartProps } from "../desk-part";
import { MarkLegend } from "../marks";
import { WorkspacePart } from "../workspace-part";
import { matrixColumns, matrixStyle, matrixWidth } from "./matrix-columns";

/** Every workspace by every connector, one mark each. */
export function Matrix(props: DeskPartProps) {
  const { matrix } = props.desk;
  const { filter } = props.view;
  const connectors = useMemo(() => filterColumns(matrix, filter), [matrix, filter]);
  // The columns stay the same ones while they say the same: else every row would be drawn anew with each reading.
  const names = JSON.stringify(connectors);
  const columns = useMemo(() => matrixColumns(JSON.parse(names) as typeof connectors), [names]);
  const states = useMemo(
    () => new Set(matrix.rows.flatMap((row) => [...row.cells.values()].map((cell) => cell.state))),
    [matrix],
  );
  return (
    <WorkspacePart
      {...props}
      label="Matrix of workspaces and connectors"
      columns={columns}
      width={matrixWidth}
      style={matrixStyle(connectors.length)}
      legend={
        <div className="shrink-0 border-b border-line px-3 py-1.5">
          <MarkLegend rare={states} />
        </div>
      }
    />
  );
}
