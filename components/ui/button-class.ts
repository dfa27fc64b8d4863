import { cx } from "./class-names";

export type ButtonVariant = "primary" | "secondary" | "quiet" | "danger";
export type ButtonSize = "small" | "normal" | "large";

const variants: Record<ButtonVariant, string> = {
  primary: "bg-accent-solid text-on-accent hover:bg-accent-hover",
  secondary: "border border-edge text-strong hover:bg-raised",
  quiet: "text-normal hover:bg-raised hover:text-strong aria-expanded:bg-raised aria-expanded:text-strong",
  danger: "bg-danger text-on-danger hover:opacity-90",
};

const sizes: Record<ButtonSize, string> = {
  small: "h-7 gap-1.5 px-2 text-13",
  normal: "h-8 gap-1.5 px-3 text-13",
  large: "h-10 gap-2 px-4 text-14",
};

/** The classes of a button, for what must look like one without being one, or without its code. */
export function buttonClass(variant: ButtonVariant = "secondary", size: ButtonSize = "normal"): string {
  return cx(
    "inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap rounded-control font-medium",
    "transition-colors disabled:cursor-default disabled:opacity-45 aria-disabled:cursor-default",
    variants[variant],
    sizes[size],
  );
}
