"use client";

import { Choice } from "@/components/data/choice";
import { Segmented } from "@/components/ui/segmented";
import { Toggle } from "@/components/ui/toggle";
import { type CampaignWindow, fewestLeast, mostLeast } from "@/lib/domain/campaign-view";
import { type CampaignKind, usualLeast } from "@/lib/domain/register";
import type { CampaignViewControl } from "./use-campaign-view";

const windows: readonly { value: CampaignWindow; label: string; title: string }[] = [
  { value: "24h", label: "24 h", title: "Last 24 hours" },
  { value: "7d", label: "7 d", title: "Last 7 days" },
  { value: "30d", label: "30 d", title: "Last 30 days" },
];

const kinds: readonly { value: CampaignKind; label: string }[] = [
  { value: "title", label: "Title" },
  { value: "rule", label: "Rule" },
  { value: "entity", label: "Entity" },
];

const leasts = Array.from({ length: mostLeast - fewestLeast + 1 }, (_, n) => {
  const value = String(fewestLeast + n);
  return { value, label: `${value} or more` };
}).filter(({ value }) => value !== String(usualLeast));

/** How far back, at how many customers, and what has to be the same. */
export function CampaignControls({ view, ask }: Pick<CampaignViewControl, "view" | "ask">) {
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-3 py-2">
      <Segmented label="Time" value={view.window} options={windows} onChange={(window) => ask({ window })} />
      <Choice
        name="Customers"
        none={`${usualLeast} or more`}
        value={view.least === usualLeast ? null : String(view.least)}
        options={leasts}
        onChange={(least) => ask({ least: least === null ? usualLeast : Number(least) })}
      />
      <Choice
        name="Same"
        none="title, rule or entity"
        value={view.kind}
        options={kinds}
        onChange={(kind) => ask({ kind })}
      />
      <Toggle
        label="Only open work"
        checked={view.isOpenOnly}
        onChange={(isOpenOnly) => ask({ isOpenOnly })}
      />
    </div>
  );
}
