"use client";

import { Eye, EyeOff } from "lucide-react";
import { type ComponentProps, type ReactNode, useId, useState } from "react";
import { cx } from "./class-names";
import { IconButton } from "./icon-button";

export interface TextFieldProps extends Omit<ComponentProps<"input">, "size"> {
  readonly label: string;
  /** The label is read aloud but not drawn, where a placeholder or an icon says it to the eye. */
  readonly hideLabel?: boolean;
  /** One sentence that helps before a mistake is made. */
  readonly hint?: ReactNode;
  /** What is wrong with it and how to put it right; shown instead of the hint. Present = invalid. */
  readonly error?: ReactNode;
  readonly size?: "small" | "normal" | "large";
  /** Drawn inside at the start; decorative. */
  readonly lead?: ReactNode;
  /** Drawn inside at the end, such as a button that clears. */
  readonly trail?: ReactNode;
}

const heights = { small: "h-7 text-13", normal: "h-8 text-13", large: "h-10 text-14" } as const;

/** A labelled line of text with its hint and its error. A password can be shown on demand. */
export function TextField({
  label,
  hideLabel = false,
  hint,
  error,
  size = "normal",
  lead,
  trail,
  type = "text",
  className,
  ...rest
}: TextFieldProps) {
  const own = useId();
  const id = rest.id ?? own;
  const [shown, setShown] = useState(false);
  const isPassword = type === "password";
  // An error takes the place of the hint, so that nothing below it moves.
  const note = error ?? hint;
  return (
    <div className={cx("flex min-w-0 flex-col gap-1.5", className)}>
      <label htmlFor={id} className={hideLabel ? "sr-only" : "text-13 font-medium text-normal"}>
        {label}
      </label>
      <div
        className={cx(
          "flex items-center rounded-control border bg-page text-strong transition-colors",
          "focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-accent",
          error ? "border-danger" : "border-edge",
          heights[size],
        )}
      >
        {lead ? <span className="pl-2 text-quiet">{lead}</span> : null}
        <input
          {...rest}
          id={id}
          type={isPassword && shown ? "text" : type}
          aria-invalid={error ? true : undefined}
          aria-describedby={note ? `${id}-note` : undefined}
          className="h-full w-full min-w-0 rounded-control bg-transparent px-2.5 outline-none placeholder:text-quiet disabled:opacity-45"
        />
        {isPassword ? (
          <IconButton
            icon={shown ? EyeOff : Eye}
            label={shown ? "Hide what is typed" : "Show what is typed"}
            size="small"
            className="mr-1"
            onClick={() => setShown((now) => !now)}
          />
        ) : null}
        {trail}
      </div>
      {note ? (
        <p id={`${id}-note`} className={cx("text-12", error ? "text-danger" : "text-quiet")}>
          {note}
        </p>
      ) : null}
    </div>
  );
}
