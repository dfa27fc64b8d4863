"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus, Webhook as WebhookIcon } from "lucide-react";
import { useRouter } from "next/navigation";
import { useMemo, useRef, useState } from "react";
import { FailureBar, FailurePanel } from "@/components/data/failure-panel";
import { ListGrid, type ListHandle } from "@/components/data/list/list-grid";
import { ListStatus } from "@/components/data/list/list-status";
import { useList } from "@/components/data/list/use-list";
import { useListShortcuts } from "@/components/data/list/use-list-shortcuts";
import { useCan, useSession } from "@/components/shell/session";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { onDemand } from "@/components/ui/on-demand";
import type { Webhook } from "@/lib/contract/shapes/webhook";
import { webhookState } from "@/lib/domain/webhook-state";
import { webhookHealthQuery, webhooksQuery } from "@/lib/queries/webhooks";
import { routes } from "@/lib/routes";
import { useWebhooksStatusLine } from "../use-webhooks-status-line";
import { webhookColumns, webhookListWidth } from "./columns";
import { HealthNotices } from "./health-notices";
import { HealthProvider } from "./health-context";

const WebhookDialog = onDemand(() => import("../webhook-dialog").then((module) => module.WebhookDialog));

const keyOf = ({ id }: Webhook) => id;
const noRows: readonly Webhook[] = [];

/** The list, its figures beside it, and the way to a new one. */
export function WebhookList() {
  const org = useSession().organisation.slug;
  const router = useRouter();
  const canManage = useCan("webhooks:manage");
  const [isMaking, setMaking] = useState(false);
  const gridRef = useRef<ListHandle>(null);
  const list = useQuery(webhooksQuery(org));
  const health = useQuery(webhookHealthQuery(org));
  useWebhooksStatusLine(list, health);
  const rows = list.data ?? noRows;
  const known = useMemo(
    () => ({
      byId: new Map((health.data?.webhooks ?? []).map((one) => [one.webhookId, one])),
      isReading: health.isPending,
    }),
    [health.data, health.isPending],
  );
  const open = (webhook: Webhook) => router.push(routes.webhook(org, webhook.id));
  const { cursor, pick, step, openCursor, escape } = useList({
    gridRef,
    rows,
    keyOf,
    openKey: null,
    onOpen: open,
  });
  const again = () => {
    void list.refetch();
    void health.refetch();
  };
  useListShortcuts({
    group: "Webhook list",
    noun: "webhook",
    isOpen: false,
    onMove: step,
    onOpen: openCursor,
    onEscape: escape,
    onRefresh: again,
    more: canManage ? [{ keys: "n", label: "New webhook", run: () => setMaking(true) }] : [],
  });
  const make = canManage ? (
    <Button variant="primary" onClick={() => setMaking(true)}>
      <Plus aria-hidden="true" className="size-4" />
      New webhook
    </Button>
  ) : null;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex shrink-0 flex-wrap items-center justify-between gap-2 border-b border-line px-3 py-2">
        <p className="text-13 text-quiet">
          {canManage
            ? "Figures are of the last 24 h, without tests and redeliveries."
            : "You read webhooks here; an administrator of this organisation makes and changes them."}
        </p>
        {make}
      </div>
      <ListStatus
        text={
          list.data
            ? describe(list.data)
            : list.error
              ? "The webhooks could not be read"
              : "Reading the webhooks"
        }
        testId="webhook-count"
        asOf={list.data ? new Date(list.dataUpdatedAt).toISOString() : null}
        onRefresh={again}
      />
      <HealthNotices org={org} health={health} webhooks={rows} />
      <HealthProvider known={known}>
        <ListGrid
          ref={gridRef}
          label="Webhooks"
          columns={webhookColumns}
          width={webhookListWidth}
          rows={rows}
          keyOf={keyOf}
          cursorKey={cursor?.key ?? null}
          openKey={null}
          density="comfortable"
          sort={null}
          onPick={pick}
          isComplete={list.data !== undefined}
          isLoading={list.isPending}
          empty={list.error ? <FailurePanel error={list.error} onRetry={again} /> : <Nothing make={make} />}
        />
      </HealthProvider>
      {list.data && list.error ? (
        <FailureBar error={list.error} onRetry={again} unaffected="The webhooks above were read before." />
      ) : null}
      {isMaking ? <WebhookDialog org={org} webhook={null} onClose={() => setMaking(false)} /> : null}
    </div>
  );
}

/** "4 webhooks: 2 active, 1 paused, 1 auto-disabled". */
function describe(webhooks: readonly Webhook[]): string {
  if (webhooks.length === 0) return "No webhooks";
  const states = webhooks.map(webhookState);
  const parts = (
    [
      ["active", "active"],
      ["paused", "paused"],
      ["disabled", "auto-disabled"],
      ["unknown", "in a state not known"],
    ] as const
  ).flatMap(([state, word]) => {
    const many = states.filter((each) => each === state).length;
    return many > 0 ? [`${many} ${word}`] : [];
  });
  return `${webhooks.length} ${webhooks.length === 1 ? "webhook" : "webhooks"}: ${parts.join(", ")}`;
}

function Nothing({ make }: { readonly make: React.ReactNode }) {
  return (
    <EmptyState icon={WebhookIcon} title="There is no webhook yet" action={make}>
      A webhook sends incidents and finished investigations to a system of yours as they happen.
    </EmptyState>
  );
}
