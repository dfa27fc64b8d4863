import { RefreshCw } from "lucide-react";
import type { ReactNode } from "react";
import { DataAge } from "@/components/data/data-age";
import { IconButton } from "@/components/ui/icon-button";

export interface ListStatusProps {
  /** How many, resting on what. */
  readonly text: string;
  readonly testId?: string;
  /** ISO instant of the oldest reading that the list rests on. */
  readonly asOf: string | null;
  readonly onRefresh: () => void;
  /** Progress, beside the text. */
  readonly progress?: ReactNode;
  /** What waits to get into the list, before the age. */
  readonly waiting?: ReactNode;
}

/** The line above a list: how many, resting on what, how far, how old. Always there, so that nothing jumps. */
export function ListStatus({ text, testId, asOf, onRefresh, progress, waiting }: ListStatusProps) {
  return (
    <div className="relative flex h-8 shrink-0 items-center gap-2 border-b border-line px-3">
      <p
        data-testid={testId}
        data-tip={text}
        data-tip-cut=""
        className="min-w-0 truncate text-13 font-medium text-strong"
      >
        {text}
      </p>
      {progress}
      <span className="flex-1" />
      {waiting}
      <DataAge asOf={asOf} />
      <IconButton
        icon={RefreshCw}
        label="Refresh now"
        shortcut="r"
        size="small"
        className="size-6!"
        onClick={onRefresh}
      />
    </div>
  );
}
