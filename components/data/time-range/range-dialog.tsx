"use client";

import { useState } from "react";
import { useShownZone } from "@/components/shell/time";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { type Zone, zoneName } from "@/lib/domain/time";
import { fromField, rangeError, toField } from "./range-field";
import { RangeFields } from "./range-fields";

/** ISO instants, both included. */
export interface TimeRange {
  readonly from: string;
  readonly to: string;
}

export interface RangeDialogProps {
  /** Null: the last day. */
  readonly range: TimeRange | null;
  /** What lies within it: "Incidents created within it." */
  readonly about: string;
  readonly onChoose: (range: TimeRange) => void;
  readonly onClose: () => void;
}

const dayMs = 86_400_000;

function startOf(range: TimeRange | null, zone: Zone): readonly [string, string] {
  if (range !== null) return [toField(Date.parse(range.from), zone), toField(Date.parse(range.to), zone)];
  const now = Date.now();
  return [toField(now - dayMs, zone), toField(now, zone)];
}

/** Start and end of a time range, in the zone the screen shows. */
export function RangeDialog({ range, about, onChoose, onClose }: RangeDialogProps) {
  const zone = useShownZone();
  const [[from, to], setEnds] = useState(() => startOf(range, zone));
  const [isTold, setTold] = useState(false);
  const error = rangeError(fromField(from, zone), fromField(to, zone));
  const apply = () => {
    const [start, end] = [fromField(from, zone), fromField(to, zone)];
    if (error !== null || start === null || end === null) {
      setTold(true);
      return;
    }
    onChoose({ from: new Date(start).toISOString(), to: new Date(end).toISOString() });
    onClose();
  };
  return (
    <Dialog
      open
      size="small"
      onClose={onClose}
      title="Time range"
      description={`${about} Times are in ${zoneName(zone, fromField(from, zone) ?? 0)}.`}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" onClick={apply}>
            Show this range
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          apply();
        }}
      >
        <RangeFields
          from={from}
          to={to}
          error={isTold ? error : null}
          onChange={(start, end) => setEnds([start, end])}
        />
        <button type="submit" className="sr-only" tabIndex={-1}>
          Show this range
        </button>
      </form>
    </Dialog>
  );
}
