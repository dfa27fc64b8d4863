"use client";

import { Clock } from "lucide-react";
import { useClock } from "@/components/shell/clock";
import { useShownZone } from "@/components/shell/time";
import { cx } from "@/components/ui/class-names";
import { dataAge } from "@/lib/domain/ageing";
import { formatTimeOfDay } from "@/lib/domain/time";

/** How often the age is drawn anew, in milliseconds. */
const everyMs = 10_000;

/** How old the picture is: "as of 14:02:11 · 3 min ago"; late from five minutes on, said in words as well. */
export function DataAge({ asOf }: { readonly asOf: string | null }) {
  const nowMs = useClock(everyMs);
  const zone = useShownZone();
  const age = dataAge(asOf, nowMs);
  if (age === null || asOf === null) return null;
  const at = formatTimeOfDay(Date.parse(asOf), zone, true);
  return (
    <span
      className={cx(
        "inline-flex shrink-0 items-center gap-1.5 rounded-control text-12 whitespace-nowrap",
        age.late ? "bg-raised px-1.5 py-0.5 font-medium text-strong" : "text-quiet",
      )}
    >
      {age.late ? <Clock aria-hidden="true" className="size-3.5" /> : null}
      <span>
        {age.late ? "Late: as of" : "as of"} {at}
        <span className="max-sm:hidden">
          <span aria-hidden="true"> · </span>
          {age.text}
        </span>
      </span>
    </span>
  );
}
