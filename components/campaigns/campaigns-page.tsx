"use client";

import { CircleAlert, CircleDashed, Waypoints } from "lucide-react";
import { useMemo, useRef } from "react";
import { FailureBar, FailurePanel } from "@/components/data/failure-panel";
import { ListGrid, type ListHandle } from "@/components/data/list/list-grid";
import { ListStatus } from "@/components/data/list/list-status";
import { useList } from "@/components/data/list/use-list";
import { useListShortcuts } from "@/components/data/list/use-list-shortcuts";
import { useFormatTime } from "@/components/data/use-format-time";
import { PendingPill } from "@/components/data/list/pending-pill";
import { useClock } from "@/components/shell/clock";
import { NeedsPermission } from "@/components/shell/needs-permission";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { onDemand } from "@/components/ui/on-demand";
import { campaignFilter, campaignKey, describeCampaigns, describeReach } from "@/lib/domain/campaign-view";
import { windowBounds } from "@/lib/domain/incident-view";
import { type CampaignsAnswer, isWholeAnswer } from "@/lib/domain/register";
import { campaignColumns, campaignListWidth } from "./campaign-columns";
import { CampaignControls } from "./campaign-controls";
import { useCampaignStatus } from "./use-campaign-status";
import { type CampaignViewControl, useCampaignView } from "./use-campaign-view";
import { useCampaigns } from "./use-campaigns";

/** Its code comes with the first campaign that is opened. */
const CampaignDrawer = onDemand(() => import("./campaign-drawer").then((module) => module.CampaignDrawer));

/** What the same thing did at several customers: who was hit first, who next, how often. */
export function CampaignsPage() {
  return (
    <NeedsPermission permission="incidents:read" title="Incidents are not part of your role">
      <Campaigns />
    </NeedsPermission>
  );
}

function Campaigns() {
  const control = useCampaignView();
  const { view, open } = control;
  const { query, rows, gone, waiting, apply, refresh } = useCampaigns(view);
  const { data, error } = query;
  const gridRef = useRef<ListHandle>(null);
  useCampaignStatus(data, error);
  const { fromMs, toMs } = useWindow(control);
  const columns = useMemo(() => campaignColumns(fromMs, toMs), [fromMs, toMs]);
  const list = useList({
    gridRef,
    rows,
    keyOf: campaignKey,
    openKey: open,
    onOpen: control.setOpen,
    onClose: () => control.setOpen(null),
  });
  useListShortcuts({
    group: "Campaign list",
    noun: "campaign",
    isOpen: open !== null,
    onMove: list.step,
    onOpen: list.openCursor,
    onEscape: list.escape,
    onRefresh: refresh,
    more: [{ keys: ".", label: "Show what is new and changed", run: apply }],
  });
  const opened = rows.find((campaign) => campaignKey(campaign) === open);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <CampaignControls view={view} ask={control.ask} />
      {data === undefined && error !== null ? (
        <FailurePanel error={error} onRetry={refresh} />
      ) : (
        <div className="relative flex min-h-0 flex-1">
          <section aria-label="List of campaigns" className="flex min-w-0 flex-1 flex-col">
            <ListStatus
              text={data === undefined ? "Looking for campaigns" : headline(data)}
              testId="campaign-count"
              asOf={data?.asOf ?? null}
              onRefresh={refresh}
              waiting={<PendingPill waiting={waiting} onApply={apply} />}
            />
            {data === undefined || data.asOf === null ? null : <Reach data={data} />}
            <ListGrid
              ref={gridRef}
              label="Campaigns"
              columns={columns}
              width={campaignListWidth}
              rows={rows}
              keyOf={campaignKey}
              gone={gone}
              cursorKey={list.cursor?.key ?? null}
              openKey={open}
              density="normal"
              sort={null}
              onPick={list.pick}
              isComplete={data !== undefined && !data.isCut}
              isLoading={data === undefined}
              empty={data === undefined ? null : <Nothing data={data} control={control} />}
            />
            {error !== null && data !== undefined ? (
              <FailureBar error={error} onRetry={refresh} unaffected="What is shown was read before." />
            ) : null}
          </section>
          {opened === undefined ? null : (
            <CampaignDrawer
              campaign={opened}
              {...{ view, fromMs, toMs }}
              onPrevious={list.onPrevious}
              onNext={list.onNext}
              onClose={list.close}
            />
          )}
        </div>
      )}
    </div>
  );
}

/** How often the picture's line of time moves on, in milliseconds. */
const moveOnMs = 60_000;

function useWindow({ view }: CampaignViewControl): { readonly fromMs: number; readonly toMs: number } {
  const toMs = useClock(moveOnMs);
  return { fromMs: Date.parse(windowBounds(campaignFilter(view).window, toMs).from), toMs };
}

const headline = (data: CampaignsAnswer) =>
  data.asOf === null ? "Not read yet" : describeCampaigns(data, isWholeAnswer(data));

/** Of whom a part of the window was never read, above what is shown. */
function Reach({ data }: { readonly data: CampaignsAnswer }) {
  const text = describeReach(data, useFormatTime());
  if (text === null) return null;
  return (
    <p
      role="status"
      className="flex shrink-0 items-start gap-2 border-b border-line bg-panel px-3 py-1.5 text-13 text-normal"
    >
      <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-strong" />
      <span className="min-w-0">{text}</span>
    </p>
  );
}

/** Not read, not known, or none there: three different things. */
function Nothing({
  data,
  control,
}: {
  readonly data: CampaignsAnswer;
  readonly control: CampaignViewControl;
}) {
  const { view, ask } = control;
  if (data.asOf === null)
    return (
      <EmptyState icon={CircleDashed} title="No incident has been read ahead yet">
        Campaigns are looked for in the record of Watchfloor, which its collector fills. Nothing can be said
        until then.
      </EmptyState>
    );
  const action =
    view.window !== "30d" ? (
      <Button onClick={() => ask({ window: "30d" })}>Look through the last 30 days</Button>
    ) : view.least > 2 ? (
      <Button onClick={() => ask({ least: 2 })}>Two customers are enough</Button>
    ) : null;
  const what = view.kind ?? "title, rule or entity";
  const title = `No ${what} was met at ${data.least} customers or more`;
  if (!isWholeAnswer(data))
    return (
      <EmptyState icon={CircleDashed} title={`${title}, in what could be read`} action={action}>
        Not everything was read; the line at the foot says who is missing. Nothing can be said about the rest.
      </EmptyState>
    );
  return <EmptyState icon={Waypoints} title={title} action={action} />;
}
