import { cx } from "@/components/ui/class-names";
import { Skeleton } from "@/components/ui/skeleton";
import type { Density } from "@/lib/domain/incident-view";
import { cellClass, rowClass } from "./row-classes";
import { incidentColumns } from "./columns";

/** As many as a tall screen shows; what does not fit is cut off. */
const placeholders = 24;
/** Widths that look like words, in turn. */
const widths = ["w-3/5", "w-4/5", "w-2/5", "w-7/10", "w-1/2"] as const;

/** Rows in their final size while the first page is on its way, so that nothing jumps when it comes. */
export function QueueSkeleton({ density }: { readonly density: Density }) {
  return (
    <>
      {Array.from({ length: placeholders }, (_, row) => (
        <div
          key={row}
          role="row"
          aria-hidden="true"
          className={cx(rowClass(density), "border-b border-line")}
        >
          {incidentColumns.map((column, index) => (
            <div key={column.id} role="gridcell" className={cellClass(column)}>
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
