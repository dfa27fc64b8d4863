import { type ComponentProps, type ReactNode, useEffect, useRef } from "react";
import { cx } from "./class-names";

export interface CheckboxProps extends Omit<ComponentProps<"input">, "type" | "ref" | "children"> {
  /** Always spoken; drawn unless `hideLabel`. */
  readonly label: ReactNode;
  readonly hideLabel?: boolean;
  /** Some, but not all, of what it stands for is ticked. */
  readonly mixed?: boolean;
  /** Drawn at the end of the line, such as a count. */
  readonly trail?: ReactNode;
}

/** A native check box in our look; the whole line is the target. */
export function Checkbox({
  label,
  hideLabel = false,
  mixed = false,
  trail,
  className,
  ...rest
}: CheckboxProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // No attribute exists for this state; it can only be set on the element.
    if (input.current) input.current.indeterminate = mixed;
  }, [mixed]);
  return (
    <label className={cx("flex min-h-6 min-w-0 items-center gap-2 text-13", className)}>
      <span className="relative inline-flex size-4 shrink-0">
        <input
          {...rest}
          ref={input}
          type="checkbox"
          className="peer size-4 appearance-none rounded-mark border border-edge bg-page checked:border-accent-solid checked:bg-accent-solid indeterminate:border-accent-solid indeterminate:bg-accent-solid disabled:opacity-45"
        />
        <svg
          viewBox="0 0 16 16"
          aria-hidden="true"
          className="pointer-events-none absolute inset-0 hidden text-on-accent peer-checked:block peer-indeterminate:hidden"
        >
          <path d="m4 8.5 2.6 2.5L12 5.5" fill="none" stroke="currentColor" strokeWidth="2" />
        </svg>
        <svg
          viewBox="0 0 16 16"
          aria-hidden="true"
          className="pointer-events-none absolute inset-0 hidden text-on-accent peer-indeterminate:block"
        >
          <path d="M4 8h8" stroke="currentColor" strokeWidth="2" />
        </svg>
      </span>
      <span className={hideLabel ? "sr-only" : "min-w-0 flex-1 truncate"}>{label}</span>
      {trail ? <span className="ml-auto shrink-0 text-12 text-quiet">{trail}</span> : null}
    </label>
  );
}
