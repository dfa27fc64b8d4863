"use client";

import { CalendarClock, ChevronDown } from "lucide-react";
import { useState } from "react";
import { useShownZone } from "@/components/shell/time";
import { Button } from "@/components/ui/button";
import { Menu, type MenuItem } from "@/components/ui/menu";
import { onDemand } from "@/components/ui/on-demand";
import { type NamedWindow, type ViewWindow, windowHours } from "@/lib/domain/incident-view";
import { windowText } from "@/lib/domain/incident-view-words";
import { formatInstantShort } from "@/lib/domain/time";

/** Seldom used: its code comes when it is. */
const RangeDialog = onDemand(() =>
  import("@/components/data/time-range/range-dialog").then((module) => module.RangeDialog),
);

// The names are the keys of a constant object.
const named = Object.keys(windowHours) as NamedWindow[];

export interface WindowMenuProps {
  readonly window: ViewWindow;
  readonly onChange: (window: ViewWindow) => void;
}

/** How far back the list reaches. */
export function WindowMenu({ window, onChange }: WindowMenuProps) {
  const zone = useShownZone();
  const [isCustomOpen, setCustomOpen] = useState(false);
  const text = windowText(window, (iso) => formatInstantShort(Date.parse(iso), zone, Date.parse(iso)));
  const items: (MenuItem | "separator")[] = [
    ...named.map((type) => ({
      label: windowText({ type }, String),
      checked: window.type === type,
      run: () => onChange({ type }),
    })),
    "separator",
    { label: "Time range…", checked: window.type === "Custom", run: () => setCustomOpen(true) },
  ];
  return (
    <>
      <Menu
        label="Time window"
        items={items}
        trigger={(props) => (
          <Button {...props} aria-label={`Time window: ${text}`}>
            <CalendarClock aria-hidden="true" className="size-4 text-quiet" strokeWidth={1.75} />
            <span className="max-w-60 truncate">{text}</span>
            <ChevronDown aria-hidden="true" className="size-3.5 text-quiet" />
          </Button>
        )}
      />
      {isCustomOpen ? (
        <RangeDialog
          range={window.type === "Custom" ? window : null}
          about="Incidents created within it."
          onChoose={(range) => onChange({ type: "Custom", from: range.from, to: range.to })}
          onClose={() => setCustomOpen(false)}
        />
      ) : null}
    </>
  );
}
