"use client";

import { useCallback } from "react";
import { useClock } from "@/components/shell/clock";
import { useShownZone } from "@/components/shell/time";
import { formatRangeShort, parseInstant } from "@/lib/domain/time";

/** Often enough to tell today from yesterday. */
const everyMs = 60_000;

/** Writes a span between two ISO instants: "14:02 – 15:10", with the day or days that are not today's alone. */
export function useFormatRange(): (from: string, to: string) => string {
  const nowMs = useClock(everyMs);
  const zone = useShownZone();
  return useCallback(
    (from: string, to: string) => {
      const [fromMs, toMs] = [parseInstant(from), parseInstant(to)];
      return fromMs === null || toMs === null
        ? "an unknown time"
        : formatRangeShort(fromMs, toMs, zone, nowMs);
    },
    [zone, nowMs],
  );
}
