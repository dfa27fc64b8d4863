"use client";

import { ArrowDownUp, Rows2, Rows3, Rows4, type LucideIcon } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { Menu } from "@/components/ui/menu";
import { densities, type Density } from "@/lib/domain/density";
import type { Sort } from "@/lib/domain/incident-view";
import { isSameSort } from "@/lib/domain/incident-view-codec";

export interface ViewControlsProps {
  readonly sort: Sort;
  readonly density: Density;
  readonly onSort: (sort: Sort) => void;
  readonly onDensity: (density: Density) => void;
}

const looks: Record<Density, { readonly label: string; readonly icon: LucideIcon }> = {
  compact: { label: "Compact rows", icon: Rows4 },
  normal: { label: "Normal rows", icon: Rows3 },
  comfortable: { label: "Comfortable rows", icon: Rows2 },
};

/** Where the list is too narrow for heads to click on, these are the sorts that matter. */
const sorts: readonly { readonly label: string; readonly sort: Sort }[] = [
  { label: "Newest change first", sort: { column: "changed", descending: true } },
  { label: "Worst severity first", sort: { column: "severity", descending: true } },
  { label: "Oldest first", sort: { column: "age", descending: true } },
  { label: "Newest first", sort: { column: "age", descending: false } },
  { label: "By workspace", sort: { column: "workspace", descending: false } },
];

/** Order (on narrow screens) and row height (on wide ones). */
export function ViewControls({ sort, density, onSort, onDensity }: ViewControlsProps) {
  return (
    <>
      <Menu
        label="Order"
        align="end"
        items={sorts.map((entry) => ({
          label: entry.label,
          checked: isSameSort(entry.sort, sort),
          run: () => onSort(entry.sort),
        }))}
        trigger={(props) => <IconButton {...props} icon={ArrowDownUp} label="Order" className="sm:hidden" />}
      />
      <Menu
        label="Row height"
        align="end"
        items={densities.map((value) => ({
          label: looks[value].label,
          icon: looks[value].icon,
          checked: value === density,
          run: () => onDensity(value),
        }))}
        trigger={(props) => (
          <IconButton {...props} icon={looks[density].icon} label="Row height" className="max-sm:hidden" />
        )}
      />
    </>
  );
}
