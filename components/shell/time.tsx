"use client";

import { createContext, type ReactNode, useContext, useMemo, useState, useSyncExternalStore } from "react";
import { ageMs, formatAge } from "@/lib/domain/ageing";
import { formatInstant, formatInstantShort, otherZone, parseInstant, type Zone } from "@/lib/domain/time";
import { useClock } from "./clock";
import { keepPreference } from "./preference-cookie";

interface ZoneChoice {
  readonly zone: Zone;
  readonly setZone: (zone: Zone) => void;
}

const ZoneContext = createContext<ZoneChoice>({ zone: "utc", setZone: () => undefined });

/** One choice governs every time on the screen. `initial` comes from the cookie, read by the server. */
export function ZoneProvider({
  initial,
  children,
}: {
  readonly initial: Zone;
  readonly children: ReactNode;
}) {
  const [zone, choose] = useState(initial);
  const value = useMemo(
    () => ({
      zone,
      setZone: (next: Zone) => {
        choose(next);
        keepPreference("zone", next);
      },
    }),
    [zone],
  );
  return <ZoneContext value={value}>{children}</ZoneContext>;
}

/** The chosen zone, and how to change it. */
export function useZone(): ZoneChoice {
  return useContext(ZoneContext);
}

const never = () => () => undefined;

/** False on the server and in the first drawing of the browser, which must be the same. */
function useIsAlive(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}

/** The zone to format with: UTC until the page is alive, because the server does not know the person's zone. */
export function useShownZone(): Zone {
  const isAlive = useIsAlive();
  const { zone } = useZone();
  return isAlive ? zone : "utc";
}

export interface TimeProps {
  /** An ISO instant; null when nobody knows it. */
  readonly value: string | null;
  /** `relative`: an age, "14 min". `absolute`: a time, "14:02", with the day when it is not today. */
  readonly mode?: "relative" | "absolute";
  readonly className?: string;
}

/** How often ages are drawn anew, in milliseconds. */
const ageEveryMs = 15_000;

/** A point in time. On hover and focus: the instant in full, in the chosen zone and in the other one. */
export function Time({ value, mode = "relative", className }: TimeProps) {
  const nowMs = useClock(ageEveryMs);
  const isAlive = useIsAlive();
  const zone = useShownZone();
  const ms = parseInstant(value);
  if (ms === null || value === null)
    return (
      <span className={className} data-tip="Time not known">
        –
      </span>
    );
  const zones = isAlive ? [zone, otherZone(zone)] : [zone];
  // Where the local time is UTC, both say the same.
  const full = [...new Set(zones.map((one) => formatInstant(ms, one)))].join("\n");
  const words = mode === "relative" ? formatAge(ageMs(value, nowMs)) : formatInstantShort(ms, zone, nowMs);
  return (
    <time dateTime={value} data-tip={full} className={className}>
      {words}
    </time>
  );
}
