"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useMemo, useRef } from "react";
import { ListFoot } from "@/components/data/list/list-foot";
import { ListGrid, type ListHandle } from "@/components/data/list/list-grid";
import { ListStatus } from "@/components/data/list/list-status";
import { useList } from "@/components/data/list/use-list";
import { useListShortcuts } from "@/components/data/list/use-list-shortcuts";
import { useReadAhead } from "@/components/data/list/use-read-ahead";
import { useSession } from "@/components/shell/session";
import { webhookEventTypes } from "@/lib/contract/vocabulary";
import { describeLoaded } from "@/lib/domain/list-count";
import type { DeliveryRow } from "@/lib/domain/webhook-deliveries";
import { webhooksQuery } from "@/lib/queries/webhooks";
import { workspacesQuery } from "@/lib/queries/workspaces";
import { routes } from "@/lib/routes";
import { count } from "../figures";
import { allDeliveryColumns, deliveryListWidth, oneWebhookColumns } from "./columns";
import { DeliveryEmpty } from "./delivery-empty";
import { DeliveryFilters } from "./delivery-filters";
import { UnreadLogs } from "./unread-logs";
import { type Deliveries, keyOf, useDeliveries } from "./use-deliveries";
import { useDeliveriesStatusLine } from "./use-deliveries-status-line";
import { useDeliveryView } from "./use-delivery-view";
import { WebhookNames } from "../webhook-names";

const noun = { one: "delivery", many: "deliveries" };

/** What there is to choose from, by names. */
function useChoices(org: string) {
  const webhooks = useQuery(webhooksQuery(org)).data;
  const workspaces = useQuery(workspacesQuery(org)).data ?? [];
  const names = useMemo(
    () => new Map((webhooks ?? []).map(({ id, name }) => [id, name ?? id.slice(0, 8)])),
    [webhooks],
  );
  const eventTypes = useMemo(
    () => [...new Set([...webhookEventTypes, ...(webhooks ?? []).flatMap((one) => one.eventTypes ?? [])])],
    [webhooks],
  );
  return { webhooks: webhooks ?? [], workspaces, names, eventTypes };
}

/** The delivery log of one webhook, or of all of them as one; a row leads to its delivery. */
export function DeliveryLog({ webhookId }: { readonly webhookId: string | null }) {
  const org = useSession().organisation.slug;
  const router = useRouter();
  const control = useDeliveryView(webhookId);
  const deliveries = useDeliveries(org, control.filter);
  const { listing } = deliveries;
  const { webhooks, workspaces, names, eventTypes } = useChoices(org);
  const gridRef = useRef<ListHandle>(null);
  const searchRef = useRef<HTMLInputElement>(null);
  useDeliveriesStatusLine(deliveries, names);
  const onView = useReadAhead(listing, gridRef);
  const open = (row: DeliveryRow) => {
    const { webhookId: of, id, createdAt } = row;
    if (createdAt !== null) router.push(routes.delivery(org, { webhookId: of, logId: id, createdAt }));
  };
  const list = useList({ gridRef, rows: listing.rows, keyOf, openKey: null, onOpen: open });
  const refresh = () => {
    control.recount();
    listing.refresh();
  };
  useListShortcuts({
    group: "Delivery log",
    noun: noun.one,
    isOpen: false,
    onMove: list.step,
    onOpen: list.openCursor,
    onEscape: list.escape,
    onRefresh: refresh,
    searchRef,
  });
  return (
    <div className="flex h-full min-h-0 flex-1 flex-col">
      <DeliveryFilters
        control={control}
        webhooks={webhookId === null ? webhooks : null}
        workspaces={workspaces}
        eventTypes={eventTypes}
        searchRef={searchRef}
        onLeaveSearch={() => gridRef.current?.focus()}
      />
      <ListStatus
        text={statusText(deliveries)}
        testId="delivery-count"
        asOf={listing.asOf}
        onRefresh={refresh}
      />
      <UnreadLogs deliveries={deliveries} names={names} />
      <WebhookNames names={names}>
        <ListGrid
          ref={gridRef}
          label="Deliveries"
          columns={webhookId === null ? allDeliveryColumns : oneWebhookColumns}
          width={deliveryListWidth}
          rows={listing.rows}
          keyOf={keyOf}
          cursorKey={list.cursor?.key ?? null}
          openKey={null}
          density="normal"
          sort={null}
          onPick={list.pick}
          onView={onView}
          isComplete={listing.isComplete}
          isLoading={listing.isLoading}
          empty={<DeliveryEmpty deliveries={deliveries} control={control} />}
        />
      </WebhookNames>
      <ListFoot listing={listing} noun={noun} />
    </div>
  );
}

function statusText({ listing, examined }: Deliveries): string {
  const { rows, isLoading, error } = listing;
  if (isLoading) return "Reading the delivery log";
  if (error !== null && rows.length === 0) return "The delivery log could not be read";
  const said = describeLoaded({ ...listing, loaded: rows.length }, noun);
  const text = said.charAt(0).toUpperCase() + said.slice(1);
  return examined > rows.length ? `${text} · ${count(examined)} looked through` : text;
}
