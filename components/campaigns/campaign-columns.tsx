"use client";

import { Fingerprint, type LucideIcon, ScrollText, Type } from "lucide-react";
import type { CellProps, ListColumn } from "@/components/data/list/list-column";
import { WorkspaceName } from "@/components/data/list/workspace-name";
import { MiddleText } from "@/components/data/middle-text";
import { Time } from "@/components/shell/time";
import { campaignKindText, latestOf } from "@/lib/domain/campaign-view";
import { ruleName } from "@/lib/domain/incident-view-words";
import type { Campaign, CampaignKind } from "@/lib/domain/register";
import { FirstHits } from "./first-hits";

type Props = CellProps<Campaign>;
export type CampaignColumn =
  | "kind"
  | "name"
  | "customers"
  | "incidents"
  | "hits"
  | "begun"
  | "first"
  | "latest";

const icons: Record<CampaignKind, LucideIcon> = { title: Type, rule: ScrollText, entity: Fingerprint };

function KindCell({ row }: Props) {
  const Icon = icons[row.kind];
  const words = campaignKindText(row);
  return (
    <span data-tip={words} className="inline-flex">
      <Icon aria-hidden="true" className="size-4 text-quiet" strokeWidth={1.75} />
      <span className="sr-only">{words}</span>
    </span>
  );
}

function NameCell({ row }: Props) {
  const { kind, name, title } = row;
  const said = kind === "title" ? null : kind === "rule" ? title : campaignKindText(row);
  return (
    <span className="flex min-w-0 items-baseline gap-2">
      <MiddleText text={kind === "rule" ? ruleName(name) : name} className="font-medium text-strong" />
      {said === null ? null : <span className="min-w-0 truncate text-12 text-quiet">{said}</span>}
    </span>
  );
}

function Count({ value, noun }: { readonly value: number; readonly noun: string }) {
  return (
    <span className="tabular-nums">
      {value.toLocaleString("en")}
      <span className="text-quiet @min-[560px]/list:sr-only"> {noun}</span>
    </span>
  );
}

const CustomersCell = ({ row }: Props) => <Count value={row.hits.length} noun="customers" />;
const IncidentsCell = ({ row }: Props) => <Count value={row.incidents} noun="incidents" />;

function FirstCell({ row: { hits } }: Props) {
  const [first] = hits;
  if (first === undefined) return null;
  return <WorkspaceName workspaceId={first.workspaceId} name={first.workspaceName} />;
}

const BegunCell = ({ row }: Props) => (
  <Time value={row.hits[0]?.firstAt ?? null} className="whitespace-nowrap" />
);
const LatestCell = ({ row }: Props) => <Time value={latestOf(row)} className="whitespace-nowrap" />;

/** From here on the table scrolls sideways. */
export const campaignListWidth = "min-w-[1000px] @max-[1000px]/list:min-w-0";

const spare = "@max-[1000px]/list:hidden";

/** In the order in which they stand. `fromMs` and `toMs`: the ends of the window, for the picture. */
export function campaignColumns(
  fromMs: number,
  toMs: number,
): readonly ListColumn<Campaign, CampaignColumn>[] {
  return [
    {
      id: "kind",
      label: "Same",
      Cell: KindCell,
      Head: () => <span className="sr-only">Kind</span>,
      place: "w-10 justify-center @max-[560px]/list:col-start-1 @max-[560px]/list:row-start-1",
      fixed: "first",
    },
    {
      id: "name",
      label: "Met at several customers",
      Cell: NameCell,
      place: "basis-64 grow-4 @max-[560px]/list:col-start-2 @max-[560px]/list:row-start-1",
      fixed: "second",
    },
    {
      id: "customers",
      label: "Customers",
      Cell: CustomersCell,
      place:
        "basis-22 @max-[560px]/list:col-start-2 @max-[560px]/list:row-start-2 @max-[560px]/list:justify-start",
      end: true,
    },
    {
      id: "incidents",
      label: "Incidents",
      Cell: IncidentsCell,
      place:
        "basis-22 @max-[560px]/list:col-start-3 @max-[560px]/list:row-start-2 @max-[560px]/list:justify-end",
      end: true,
    },
    {
      id: "hits",
      label: "First hits over the time",
      Cell: ({ row }: Props) => <FirstHits campaign={row} fromMs={fromMs} toMs={toMs} />,
      place: `basis-44 grow-2 ${spare}`,
    },
    { id: "first", label: "Hit first", Cell: FirstCell, place: "basis-40 grow @max-[720px]/list:hidden" },
    {
      id: "begun",
      label: "First hit",
      Cell: BegunCell,
      place: "basis-22 @max-[720px]/list:hidden",
      end: true,
    },
    {
      id: "latest",
      label: "Latest",
      Cell: LatestCell,
      place: "basis-22 @max-[560px]/list:col-start-3 @max-[560px]/list:row-start-1",
      end: true,
    },
  ];
}
