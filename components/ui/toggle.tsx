import type { ReactNode } from "react";
import { cx } from "./class-names";

export interface ToggleProps {
  readonly label: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
  readonly className?: string;
}

/** An on-off switch that takes effect at once; the whole line is the target. */
export function Toggle({ label, checked, onChange, disabled = false, className }: ToggleProps) {
  return (
    <label className={cx("flex min-h-6 items-center justify-between gap-3 text-13", className)}>
      <span>{label}</span>
      <span className="relative inline-flex h-4.5 w-8 shrink-0">
        <input
          type="checkbox"
          role="switch"
          checked={checked}
          disabled={disabled}
          onChange={(event) => onChange(event.target.checked)}
          className="peer absolute inset-0 appearance-none rounded-full border border-edge bg-page checked:border-accent-solid checked:bg-accent-solid disabled:opacity-45"
        />
        <span
          aria-hidden="true"
          className="pointer-events-none absolute top-1 left-1 size-2.5 rounded-full bg-edge transition-[translate] peer-checked:translate-x-3.5 peer-checked:bg-on-accent"
        />
      </span>
    </label>
  );
}
