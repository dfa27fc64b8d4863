"use client";

import { Columns3 } from "lucide-react";
import { useRef } from "react";
import { useShortcuts } from "@/components/shell/shortcuts";
import { IconButton } from "@/components/ui/icon-button";
import { onDemand } from "@/components/ui/on-demand";
import { Popover } from "@/components/ui/popover";
import { Skeleton } from "@/components/ui/skeleton";
import type { ColumnChooserProps } from "./column-chooser";

/** Its code comes when it is first opened. */
const ColumnChooser = onDemand(
  () => import("./view-parts").then((module) => module.ColumnChooser),
  <Skeleton className="m-3 h-80" />,
);

/** Which columns the list shows. On a phone a row is a card: what it shows can be chosen there, too, but for widths. */
export function ColumnsControl(props: ColumnChooserProps) {
  const button = useRef<HTMLButtonElement>(null);
  useShortcuts("Incident list", [{ keys: "c", label: "Choose columns", run: () => button.current?.click() }]);
  return (
    <Popover
      label="Columns"
      align="end"
      className="w-88"
      trigger={(trigger) => (
        <IconButton {...trigger} ref={button} icon={Columns3} label="Columns" shortcut="C" />
      )}
    >
      <ColumnChooser {...props} />
    </Popover>
  );
}
