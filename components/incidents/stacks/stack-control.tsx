"use client";

import { Layers } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { onDemand } from "@/components/ui/on-demand";
import { Popover } from "@/components/ui/popover";
import { Skeleton } from "@/components/ui/skeleton";
import type { StackPanelProps } from "./stack-panel";

/** Its code comes when it is first opened. */
const StackPanel = onDemand(
  () => import("../view/view-parts").then((module) => module.StackPanel),
  <Skeleton className="m-3 h-80" />,
);

/** All that match, stacked by what they have in common. */
export function StackControl(props: Omit<StackPanelProps, "close">) {
  return (
    <Popover
      label="Stacks"
      align="end"
      className="w-120 max-w-[calc(100vw-16px)]"
      trigger={(trigger) => <IconButton {...trigger} icon={Layers} label="Stacks" />}
    >
      {(close) => <StackPanel {...props} close={close} />}
    </Popover>
  );
}
