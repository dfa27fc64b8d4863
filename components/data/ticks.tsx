"use client";

import { Checkbox } from "@/components/ui/checkbox";

export interface Tick {
  readonly id: string;
  readonly label: string;
}

export interface TicksProps {
  /** What is being chosen. */
  readonly legend: string;
  /** Of the boxes, so that a form can find the first of them. */
  readonly name?: string;
  readonly options: readonly Tick[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
  /** Said instead of an empty list. */
  readonly none: string;
  readonly error?: string;
}

/** Several of a list. What is chosen and no longer listed stays visible, so that it can be taken off. */
export function Ticks({ legend, name, options, chosen, onChange, none, error }: TicksProps) {
  const gone = chosen.filter((id) => !options.some((option) => option.id === id));
  const shown = [...options, ...gone.map((id) => ({ id, label: id }))];
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-13 font-medium text-normal">{legend}</legend>
      {shown.length === 0 ? (
        <p className="text-13 text-quiet">{none}</p>
      ) : (
        <div className="max-h-52 overflow-y-auto rounded-control border border-line px-2.5 py-1">
          {shown.map(({ id, label }) => (
            <Checkbox
              key={id}
              name={name}
              label={label}
              checked={chosen.includes(id)}
              onChange={(event) =>
                onChange(
                  event.currentTarget.checked ? [...chosen, id] : chosen.filter((other) => other !== id),
                )
              }
            />
          ))}
        </div>
      )}
      {error ? (
        <p role="alert" className="mt-1 text-12 text-danger">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
