"use client";

import { useRouter } from "next/navigation";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useRef } from "react";
import { Choice } from "@/components/data/choice";
import { FailurePanel } from "@/components/data/failure-panel";
import { ListFoot } from "@/components/data/list/list-foot";
import { ListGrid, type ListHandle } from "@/components/data/list/list-grid";
import { useList } from "@/components/data/list/use-list";
import { useListShortcuts } from "@/components/data/list/use-list-shortcuts";
import { useReadAhead } from "@/components/data/list/use-read-ahead";
import { useFormatTime } from "@/components/data/use-format-time";
import { type StatusLineContent, useStatusLine } from "@/components/shell/status-line";
import { EmptyState } from "@/components/ui/empty-state";
import { type RecoveryItem, recoveryItemStates, type RecoveryJob } from "@/lib/domain/recovery";
import { type Listing, useListing } from "@/lib/queries/listing";
import { recoveryItemsSource } from "@/lib/queries/recovery";
import { routes } from "@/lib/routes";
import { WebhookNames } from "../webhook-names";
import { itemColumns, itemListWidth } from "./item-columns";
import { isMoving, itemWords } from "./words";

const noun = { one: "event", many: "events" };

/** While the server works, what it has done since is read so often. */
const whileMovingMs = 5_000;

function statusOf(
  { asOf, error, isComplete }: Listing<RecoveryItem>,
  formatTime: (iso: string) => string,
): StatusLineContent {
  if (asOf === null)
    return error === null
      ? { tone: "busy", summary: "Reading the events of this recovery" }
      : { tone: "failed", summary: "The events of this recovery could not be read" };
  const how = isComplete ? "read in full" : "read as far as you scrolled";
  return {
    tone: error === null ? "live" : "partial",
    summary: `Events of this recovery as of ${formatTime(asOf)} · ${how}`,
  };
}

export interface ItemListProps {
  readonly org: string;
  readonly job: RecoveryJob;
  readonly nameOf: (webhookId: string) => string;
}

/** Each event of a recovery and what became of it, in the order in which they are sent. */
export function ItemList({ org, job, nameOf }: ItemListProps) {
  const router = useRouter();
  const [state, setState] = useQueryState("state", parseAsStringLiteral(recoveryItemStates));
  const gridRef = useRef<ListHandle>(null);
  const source = recoveryItemsSource(org, job.id, state);
  const { keyOf } = source;
  const listing = useListing({
    ...source,
    // Not by the plan: its figures are withheld from people limited to some workspaces.
    isEnabled: job.state !== "planning",
    everyMs: isMoving(job) ? whileMovingMs : undefined,
  });
  useStatusLine(statusOf(listing, useFormatTime()));
  const onView = useReadAhead(listing, gridRef);
  const open = ({ webhookId, logId, createdAt }: RecoveryItem) =>
    router.push(routes.delivery(org, { webhookId, logId, createdAt }));
  const list = useList({ gridRef, rows: listing.rows, keyOf, openKey: null, onOpen: open });
  useListShortcuts({
    group: "Events of the recovery",
    noun: noun.one,
    isOpen: false,
    onMove: list.step,
    onOpen: list.openCursor,
    onEscape: list.escape,
    onRefresh: listing.refresh,
  });
  const names = new Map(job.request.webhookIds.map((id) => [id, nameOf(id)]));
  return (
    <>
      <div className="flex shrink-0 items-center gap-2 border-y border-line px-3 py-2">
        <Choice
          name="State"
          none="any"
          value={state}
          options={recoveryItemStates.map((value) => ({ value, label: itemWords[value] }))}
          onChange={(next) => void setState(next)}
        />
      </div>
      <WebhookNames names={names}>
        <ListGrid
          ref={gridRef}
          label="Events of the recovery"
          columns={itemColumns}
          width={itemListWidth}
          rows={listing.rows}
          keyOf={keyOf}
          cursorKey={list.cursor?.key ?? null}
          openKey={null}
          density="normal"
          sort={null}
          onPick={list.pick}
          onView={onView}
          isComplete={listing.isComplete}
          isLoading={listing.isLoading || job.state === "planning"}
          empty={
            listing.error ? (
              <FailurePanel error={listing.error} onRetry={listing.more} />
            ) : (
              <EmptyState
                title={
                  state === null ? "No failed event is left in this window" : "No event is in this state"
                }
              >
                {state === null
                  ? "Nothing failed in it, or everything that failed was delivered later."
                  : "Choose another state above."}
              </EmptyState>
            )
          }
        />
      </WebhookNames>
      <ListFoot listing={listing} noun={noun} />
    </>
  );
}
