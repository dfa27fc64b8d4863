"use client";

import { createContext, useContext } from "react";
import { Checkbox } from "@/components/ui/checkbox";

/** Which rows are ticked. In a context and not in the rows: a list marks a row that is another object as changed. */
export interface TickControl {
  readonly ticked: ReadonlySet<string>;
  readonly toggle: (id: string) => void;
}

/** Null where nobody may tick anything. */
export const TickContext = createContext<TickControl | null>(null);

/** The box of a row. Clicks on it are no clicks on the row. */
export function Tick({ id, name }: { readonly id: string; readonly name: string }) {
  const control = useContext(TickContext);
  if (control === null) return null;
  return (
    <span
      role="presentation"
      className="flex size-full items-center justify-center"
      onClick={(event) => event.stopPropagation()}
    >
      <Checkbox
        label={`Tick ${name}`}
        hideLabel
        tabIndex={-1}
        checked={control.ticked.has(id)}
        onChange={() => control.toggle(id)}
      />
    </span>
  );
}
