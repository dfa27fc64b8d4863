"use client";

import { Dash } from "@/components/data/list/dash";
import { Time } from "@/components/shell/time";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import type { MoreColumn } from "@/lib/domain/incident-columns";
import { ruleName, spellOut } from "@/lib/domain/incident-view-words";
import type { RegisteredIncident } from "@/lib/domain/register";
import { Words } from "./cells";

export interface MoreCellProps {
  readonly of: MoreColumn;
  /** Rows that come from the register say when they were first seen. */
  readonly row: IncidentRow & Partial<Pick<RegisteredIncident, "seen">>;
}

/** The cells of those columns that the list does not show unless somebody chose them. */
export function MoreCell({ of, row }: MoreCellProps) {
  switch (of) {
    case "created":
      return <Time value={row.creationTime} mode="absolute" className="whitespace-nowrap" />;
    case "seen":
      return row.seen === undefined ? (
        <Dash word="Not known" />
      ) : (
        <Time value={row.seen.firstAt} mode="absolute" className="whitespace-nowrap" />
      );
    case "classification":
      return <Classification row={row} />;
    case "products":
      return <Words words={row.alertProductNames} none="None" />;
    case "rules":
      return <Words words={row.ruleIds.map(ruleName)} none="None" />;
  }
}

function Classification({ row }: Pick<MoreCellProps, "row">) {
  const { classification, classificationReason: reason } = row;
  if (classification === null) return <Dash word="None" />;
  const words = spellOut(classification);
  return (
    <span data-tip={reason === null ? words : `${words}\n${spellOut(reason)}`} className="truncate">
      {words}
    </span>
  );
}
