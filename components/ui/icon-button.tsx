import type { LucideIcon } from "lucide-react";
import type { ComponentProps } from "react";
import { cx } from "./class-names";

export interface IconButtonProps extends Omit<ComponentProps<"button">, "children" | "aria-label"> {
  readonly icon: LucideIcon;
  /** What it does, in words: read aloud, and shown on hover and focus. */
  readonly label: string;
  readonly size?: "small" | "normal";
  /** Key that does the same, shown in the tooltip. */
  readonly shortcut?: string;
  /** On or off, for buttons that toggle. */
  readonly pressed?: boolean;
}

/** A square button with an icon. 28 px, or 32 px: both above the 24 px that WCAG 2.2 asks of a target. */
export function IconButton({
  icon: Icon,
  label,
  size = "normal",
  shortcut,
  pressed,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      aria-pressed={pressed}
      data-tip={shortcut ? `${label}  ${shortcut}` : label}
      className={cx(
        "inline-flex shrink-0 items-center justify-center rounded-control text-quiet transition-colors",
        "hover:bg-raised hover:text-strong aria-expanded:bg-raised aria-expanded:text-strong",
        "aria-pressed:bg-raised aria-pressed:text-strong disabled:cursor-default disabled:opacity-45",
        size === "small" ? "size-7" : "size-8",
        className,
      )}
    >
      <Icon aria-hidden="true" className="size-4" strokeWidth={1.75} />
    </button>
  );
}
