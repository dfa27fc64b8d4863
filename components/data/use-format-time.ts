"use client";

import { useCallback } from "react";
import { useClock } from "@/components/shell/clock";
import { useShownZone } from "@/components/shell/time";
import { formatInstantShort, parseInstant } from "@/lib/domain/time";

/** Often enough to tell today from yesterday. */
const everyMs = 60_000;

/** Writes an ISO instant into a sentence: "14:02", with the day when it is not today; in the zone that is shown. */
export function useFormatTime(): (iso: string) => string {
  const nowMs = useClock(everyMs);
  const zone = useShownZone();
  return useCallback(
    (iso: string) => {
      const ms = parseInstant(iso);
      return ms === null ? "an unknown time" : formatInstantShort(ms, zone, nowMs);
    },
    [zone, nowMs],
  );
}
