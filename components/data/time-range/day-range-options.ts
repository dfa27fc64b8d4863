import type { DayRange } from "@/lib/domain/day-range";

/** The ranges by days, in words. */
export const dayRangeOptions: readonly {
  readonly value: DayRange;
  readonly label: string;
  readonly title: string;
}[] = [
  { value: "1d", label: "24 h", title: "Last 24 hours" },
  { value: "7d", label: "7 d", title: "Last 7 days" },
  { value: "30d", label: "30 d", title: "Last 30 days" },
  { value: "all", label: "All", title: "From the beginning" },
];
