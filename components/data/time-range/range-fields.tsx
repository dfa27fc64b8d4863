"use client";

import { TextField } from "@/components/ui/text-field";

export interface RangeFieldsProps {
  /** As the fields write it, in the zone that is shown. */
  readonly from: string;
  readonly to: string;
  readonly error: string | null;
  readonly onChange: (from: string, to: string) => void;
}

/** Start and end of a time range, one below the other where there is no room beside. */
export function RangeFields({ from, to, error, onChange }: RangeFieldsProps) {
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <TextField
        label="From"
        name="from"
        type="datetime-local"
        value={from}
        onChange={(event) => onChange(event.target.value, to)}
      />
      <TextField
        label="To"
        name="to"
        type="datetime-local"
        value={to}
        error={error ?? undefined}
        onChange={(event) => onChange(from, event.target.value)}
      />
    </div>
  );
}
