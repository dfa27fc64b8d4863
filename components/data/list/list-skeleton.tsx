import { cx } from "@/components/ui/class-names";
import { Skeleton } from "@/components/ui/skeleton";
import type { Density } from "@/lib/domain/density";
import type { ListColumn } from "./list-column";
import { cellClass, cellStyle, rowClass } from "./row-classes";

/** As many as a tall screen shows; what does not fit is cut off. */
const placeholders = 24;
/** Widths that look like words, in turn. */
const widths = ["w-3/5", "w-4/5", "w-2/5", "w-7/10", "w-1/2"] as const;

/** Rows in their final size while the first page is on its way, so that nothing jumps when it comes. */
export function ListSkeleton<Row, Id extends string>(props: {
  readonly density: Density;
  readonly columns: readonly ListColumn<Row, Id>[];
  readonly width: string;
}) {
  const { density, columns, width } = props;
  return (
    <>
      {Array.from({ length: placeholders }, (_, row) => (
        <div
          key={row}
          role="row"
          aria-hidden="true"
          className={cx(rowClass(density, width), "border-b border-line")}
        >
          {columns.map((column, index) => (
            <div key={column.id} role="gridcell" style={cellStyle(column)} className={cellClass(column)}>
              <Skeleton
                className={cx(
                  "h-2.5",
                  column.fixed === "first" ? "size-3" : widths[(row * 3 + index) % widths.length],
                )}
              />
            </div>
          ))}
        </div>
      ))}
    </>
  );
}
