"use client";

import { ArrowDownUp, Rows3 } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { onDemand } from "@/components/ui/on-demand";
import { Popover } from "@/components/ui/popover";
import { Skeleton } from "@/components/ui/skeleton";
import type { LooksMenuProps } from "./looks-menu";

/** Its code comes when it is first opened. */
const LooksMenu = onDemand(
  () => import("./view-parts").then((module) => module.LooksMenu),
  <Skeleton className="m-2 h-24 w-44" />,
);

/** Order (on narrow screens) and row height (on wide ones). */
export function ViewControls(looks: Omit<LooksMenuProps, "of" | "close">) {
  const shared = { align: "end", role: "menu", className: "min-w-48 p-1" } as const;
  return (
    <>
      <Popover
        {...shared}
        label="Order"
        trigger={(props) => <IconButton {...props} icon={ArrowDownUp} label="Order" className="sm:hidden" />}
      >
        {(close) => <LooksMenu {...looks} of="order" close={close} />}
      </Popover>
      <Popover
        {...shared}
        label="Row height"
        trigger={(props) => (
          <IconButton {...props} icon={Rows3} label="Row height" className="max-sm:hidden" />
        )}
      >
        {(close) => <LooksMenu {...looks} of="density" close={close} />}
      </Popover>
    </>
  );
}
