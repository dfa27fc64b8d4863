import type { ReactNode } from "react";

/** A few figures side by side. */
export function Figures({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div role="group" aria-label={label}>
      <dl className="flex flex-wrap gap-x-8 gap-y-2">{children}</dl>
    </div>
  );
}

export interface FigureProps {
  readonly name: string;
  readonly value: ReactNode;
  /** What it is of, or whose. */
  readonly note?: ReactNode;
}

/** One figure with its unit below it. */
export function Figure({ name, value, note }: FigureProps) {
  return (
    <div className="flex flex-col-reverse">
      <dt className="text-12 text-quiet">
        {name}
        {note === undefined ? null : <span className="text-normal"> · {note}</span>}
      </dt>
      <dd className="text-20 font-semibold tabular-nums text-strong">{value}</dd>
    </div>
  );
}
