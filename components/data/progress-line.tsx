export interface ProgressLineProps {
  readonly label: string;
  readonly value: number;
  /** Zero while nobody knows how much there is. */
  readonly max: number;
}

/** A thin determinate bar that takes no room of its own: it lies on the line it is put upon. */
export function ProgressLine({ label, value, max }: ProgressLineProps) {
  return (
    <progress
      aria-label={label}
      value={max > 0 ? value : undefined}
      max={max > 0 ? max : undefined}
      className="pointer-events-none absolute inset-x-0 -bottom-px block h-0.5 w-full appearance-none border-0 bg-transparent [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-transparent [&::-webkit-progress-value]:bg-accent [&::-webkit-progress-value]:transition-[inline-size]"
    />
  );
}
