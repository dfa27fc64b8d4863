"use client";

import { type LucideIcon, Rows2, Rows3, Rows4 } from "lucide-react";
import { MenuItems } from "@/components/ui/menu";
import { densities, type Density } from "@/lib/domain/density";
import type { Sort } from "@/lib/domain/incident-view";
import { isSameSort } from "@/lib/domain/incident-view-codec";
import { useMenuFocus } from "./use-menu-focus";

export interface LooksMenuProps {
  readonly of: "order" | "density";
  readonly sort: Sort;
  readonly density: Density;
  readonly onSort: (sort: Sort) => void;
  readonly onDensity: (density: Density) => void;
  readonly close: () => void;
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

/** The order of the rows, or how high they are. */
export function LooksMenu({ of, sort, density, onSort, onDensity, close }: LooksMenuProps) {
  const box = useMenuFocus(of);
  const items =
    of === "order"
      ? sorts.map((entry) => ({
          label: entry.label,
          checked: isSameSort(entry.sort, sort),
          run: () => onSort(entry.sort),
        }))
      : densities.map((value) => ({
          label: looks[value].label,
          icon: looks[value].icon,
          checked: value === density,
          run: () => onDensity(value),
        }));
  return (
    <div ref={box} role="presentation">
      <MenuItems items={items} close={close} />
    </div>
  );
}
