"use client";

import type { RefObject } from "react";
import { Choice } from "@/components/data/choice";
import { SearchBox } from "@/components/data/search-box";
import { TimeFilter } from "@/components/data/time-range/time-filter";
import { Button } from "@/components/ui/button";
import type { Webhook } from "@/lib/contract/shapes/webhook";
import { deliveryOutcomes, statusClasses } from "@/lib/domain/delivery-outcome";
import {
  type DeliveryKind,
  deliveryKinds,
  type DeliveryRange,
  fixedWindow,
} from "@/lib/domain/delivery-view";
import type { WorkspaceListItem } from "@/lib/domain/workspace-list";
import { outcomeWords } from "../outcome-mark";
import { statusClassWords } from "../status-class-words";
import type { DeliveryViewControl } from "./use-delivery-view";

const ranges: readonly { readonly value: DeliveryRange; readonly label: string; readonly title: string }[] = [
  { value: "1h", label: "1 h", title: "Last hour" },
  { value: "24h", label: "24 h", title: "Last 24 hours" },
  { value: "7d", label: "7 d", title: "Last 7 days" },
  { value: "30d", label: "30 d", title: "Last 30 days" },
  { value: "all", label: "All", title: "As far back as ContraForce keeps it" },
];

const kindWords: Readonly<Record<DeliveryKind, string>> = {
  own: "Without tests and redeliveries",
  tests: "Tests only",
  redeliveries: "Redeliveries only",
};

export interface DeliveryFiltersProps {
  readonly control: DeliveryViewControl;
  /** To choose from; null in the log of one webhook. */
  readonly webhooks: readonly Webhook[] | null;
  readonly workspaces: readonly WorkspaceListItem[];
  readonly eventTypes: readonly string[];
  readonly searchRef: RefObject<HTMLInputElement | null>;
  readonly onLeaveSearch: () => void;
}

/** What of the log is shown. All of it is in the address. */
export function DeliveryFilters(props: DeliveryFiltersProps) {
  const { control, webhooks, workspaces, eventTypes, searchRef, onLeaveSearch } = props;
  const { view, set, isNarrowed, clear } = control;
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-3 py-2">
      <SearchBox
        ref={searchRef}
        label="Search subject, and event id"
        text={view.q ?? ""}
        onSearch={(text) => set({ q: text === "" ? null : text })}
        onLeave={onLeaveSearch}
        className="w-44 max-sm:w-full wide:w-64"
      />
      <TimeFilter
        name="Time"
        range={view.range}
        ranges={ranges}
        onRange={(range) => set({ range })}
        between={fixedWindow(view)}
        onBetween={({ from, to }) => set({ from, to })}
        onRemove={() => set({ from: null, to: null })}
        about="Attempts made within it."
      />
      {webhooks ? (
        <Choice
          name="Webhook"
          none="all"
          value={view.webhook}
          options={webhooks.map(({ id, name }) => ({ value: id, label: name ?? id }))}
          onChange={(webhook) => set({ webhook })}
        />
      ) : null}
      <Choice
        name="Outcome"
        none="any"
        value={view.outcome}
        options={deliveryOutcomes.map((value) => ({ value, label: outcomeWords[value] }))}
        onChange={(outcome) => set({ outcome })}
      />
      <Choice
        name="Answer"
        none="any"
        value={view.status}
        options={statusClasses.map((value) => ({ value, label: statusClassWords[value] }))}
        onChange={(status) => set({ status })}
      />
      <Choice
        name="Event"
        none="any"
        value={view.event}
        options={eventTypes.map((value) => ({ value, label: value }))}
        onChange={(event) => set({ event })}
      />
      <Choice
        name="Workspace"
        none="any"
        value={view.account}
        options={workspaces.map(({ id, name }) => ({ value: id, label: name ?? id.slice(0, 8) }))}
        onChange={(account) => set({ account })}
      />
      <Choice
        name="Kind"
        none="any"
        value={view.kind}
        options={deliveryKinds.map((value) => ({ value, label: kindWords[value] }))}
        onChange={(kind) => set({ kind })}
      />
      {isNarrowed ? (
        <Button variant="quiet" size="small" onClick={clear}>
          Clear filters
        </Button>
      ) : null}
    </div>
  );
}
