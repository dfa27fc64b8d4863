"use client";

import { type ReactNode, useId } from "react";
import { cx } from "./class-names";

export interface SegmentedOption<Value extends string> {
  readonly value: Value;
  readonly label: ReactNode;
  /** Spoken and shown on hover when `label` is an icon or an abbreviation. */
  readonly title?: string;
  readonly disabled?: boolean;
}

export interface SegmentedProps<Value extends string> {
  /** What is being chosen. */
  readonly label: string;
  readonly value: Value | null;
  readonly options: readonly SegmentedOption<Value>[];
  readonly onChange: (value: Value) => void;
  /** In a form: the label stands above, as those of the other fields do. Else it is spoken only. */
  readonly isLabelShown?: boolean;
  readonly className?: string;
}

/** One of a few, side by side: native radios, so that arrow keys and screen readers work by themselves. */
export function Segmented<Value extends string>({
  label,
  value,
  options,
  onChange,
  isLabelShown = false,
  className,
}: SegmentedProps<Value>) {
  const name = useId();
  return (
    <fieldset className={cx("w-fit min-w-0 shrink-0", className)}>
      <legend className={isLabelShown ? "mb-1.5 text-13 font-medium text-normal" : "sr-only"}>{label}</legend>
      <div className="inline-flex h-8 items-center rounded-control border border-line p-0.5 align-top">
        {options.map((option) => (
          <label
            key={option.value}
            data-tip={option.title}
            className={cx(
              "relative inline-flex h-full min-w-7 items-center justify-center rounded-mark px-2 text-13 text-quiet hover:text-strong",
              "has-checked:bg-raised has-checked:font-medium has-checked:text-strong has-disabled:opacity-45",
              "has-focus-visible:outline-2 has-focus-visible:outline-accent",
            )}
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              disabled={option.disabled}
              aria-label={option.title}
              onChange={() => onChange(option.value)}
              className="absolute inset-0 appearance-none outline-none"
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
