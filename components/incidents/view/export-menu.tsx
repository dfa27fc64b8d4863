"use client";

import { Download } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { onDemand } from "@/components/ui/on-demand";
import { Popover } from "@/components/ui/popover";
import { Skeleton } from "@/components/ui/skeleton";
import type { ExportItemsProps } from "./export-items";

/** Its code comes when it is first opened. */
const ExportItems = onDemand(
  () => import("./view-parts").then((module) => module.ExportItems),
  <Skeleton className="m-2 h-16 w-44" />,
);

/** All that match the view as a file. */
export function ExportMenu({ view }: Pick<ExportItemsProps, "view">) {
  return (
    <Popover
      label="Export"
      align="end"
      role="menu"
      className="min-w-48 p-1"
      trigger={(props) => <IconButton {...props} icon={Download} label="Export" className="max-sm:hidden" />}
    >
      {(close) => <ExportItems view={view} close={close} />}
    </Popover>
  );
}
