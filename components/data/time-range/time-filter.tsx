"use client";

import { CalendarClock } from "lucide-react";
import { useState } from "react";
import { Chip } from "@/components/data/chip";
import { useFormatRange } from "@/components/data/use-format-range";
import { IconButton } from "@/components/ui/icon-button";
import { onDemand } from "@/components/ui/on-demand";
import { Segmented } from "@/components/ui/segmented";
import type { TimeRange } from "./range-dialog";

/** Its code comes when start and end are chosen. */
const RangeDialog = onDemand(() => import("./range-dialog").then((module) => module.RangeDialog));

export interface TimeFilterProps<Range extends string> {
  /** What lies between start and end: "Created". */
  readonly name: string;
  /** Back from now. */
  readonly range: Range;
  readonly ranges: readonly { readonly value: Range; readonly label: string; readonly title: string }[];
  readonly onRange: (range: Range) => void;
  /** Chosen start and end, in place of the range; null: the range holds. */
  readonly between: TimeRange | null;
  readonly onBetween: (between: TimeRange) => void;
  /** Back to a range. */
  readonly onRemove: () => void;
  /** What lies within it, as a sentence: "Runs created within it." */
  readonly about: string;
}

/** Of which time: back from now, or between two instants, which a link keeps. */
export function TimeFilter<Range extends string>(props: TimeFilterProps<Range>) {
  const { name, range, ranges, onRange, between, onBetween, onRemove, about } = props;
  const [isAsking, setAsking] = useState(false);
  const formatRange = useFormatRange();
  return (
    <>
      {between === null ? (
        <Segmented label="Time" value={range} options={ranges} onChange={onRange} />
      ) : (
        <Chip name={name} value={formatRange(between.from, between.to)} onRemove={onRemove} />
      )}
      <IconButton icon={CalendarClock} label="Choose start and end" onClick={() => setAsking(true)} />
      {isAsking ? (
        <RangeDialog range={between} about={about} onChoose={onBetween} onClose={() => setAsking(false)} />
      ) : null}
    </>
  );
}
