import { cx } from "./class-names";
import { workspaceHue, workspaceInitials } from "./workspace-hue";

export interface WorkspaceTileProps {
  readonly workspaceId: string;
  /** Null while nobody has told its name; then letters of the id stand in. */
  readonly name: string | null;
  /** Draw the name beside the tile. Without it, it is in the tooltip and for screen readers. */
  readonly withName?: boolean;
  readonly size?: "small" | "large";
  readonly className?: string;
}

/** A workspace at a glance: its initials on its own hue, its name beside it. */
export function WorkspaceTile({
  workspaceId,
  name,
  withName = false,
  size = "small",
  className,
}: WorkspaceTileProps) {
  const full = name ?? `Workspace ${workspaceId}`;
  return (
    <span
      className={cx("inline-flex min-w-0 items-center align-middle gap-2", className)}
      data-tip={withName ? undefined : full}
    >
      <span
        aria-hidden="true"
        data-hue={workspaceHue(workspaceId)}
        className={cx(
          "inline-flex shrink-0 items-center justify-center rounded-mark bg-hue-ground font-semibold text-hue-ink",
          size === "small" ? "h-5 w-6 text-12" : "h-8 w-9 rounded-control text-14",
        )}
      >
        {workspaceInitials(name, workspaceId)}
      </span>
      <span className={withName ? "min-w-0 truncate" : "sr-only"}>{full}</span>
    </span>
  );
}
