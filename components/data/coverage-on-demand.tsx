"use client";

import { onDemand } from "@/components/ui/on-demand";
import { Skeleton } from "@/components/ui/skeleton";

/** What a list rests on, for places where it is folded away: its code comes when it is first unfolded. */
export const CoverageOnDemand = onDemand(
  () => import("./coverage-details").then((module) => module.CoverageDetails),
  <Skeleton className="h-40 w-full" />,
);
