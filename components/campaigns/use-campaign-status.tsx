"use client";

import { useMemo } from "react";
import { CoverageOnDemand } from "@/components/data/coverage-on-demand";
import { useFormatTime } from "@/components/data/use-format-time";
import { type StatusLineContent, useStatusLine } from "@/components/shell/status-line";
import { describeCoverage, summariseCoverage } from "@/lib/domain/coverage";
import { type CampaignsAnswer, isWholeAnswer } from "@/lib/domain/register";

/** Says at the foot of the page what the campaigns rest on. */
export function useCampaignStatus(data: CampaignsAnswer | undefined, error: Error | null): void {
  const formatTime = useFormatTime();
  const content = useMemo((): StatusLineContent => {
    if (data === undefined)
      return error === null
        ? { tone: "busy", summary: "Looking for campaigns" }
        : { tone: "failed", summary: "Campaigns could not be looked for" };
    const said = describeCoverage(summariseCoverage(data.coverage), formatTime);
    return {
      tone: error ? "failed" : isWholeAnswer(data) ? "live" : "partial",
      summary: data.window.isCovered ? said : `${said} · not read over the whole time`,
      details: <CoverageOnDemand coverage={data.coverage} />,
    };
  }, [data, error, formatTime]);
  useStatusLine(content);
}
