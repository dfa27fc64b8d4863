"use client";

import { ChevronRight } from "lucide-react";
import { Fragment, useId, useState } from "react";
import { Time } from "@/components/shell/time";
import { cx } from "@/components/ui/class-names";
import { CopyButton } from "@/components/ui/copy-button";
import { RawText } from "@/components/ui/raw-text";
import { WorkspaceTile } from "@/components/ui/workspace-tile";
import { actingDisplay, actionWords, type AuditRow, personName } from "@/lib/domain/audit";
import type { WorkspaceListItem } from "@/lib/domain/workspace-list";
import { Outcome } from "./outcome";

export interface AuditTableProps {
  readonly rows: readonly AuditRow[];
  readonly workspaces: readonly WorkspaceListItem[];
  /** Rows of the view before, while those of this one are on their way. */
  readonly isStale: boolean;
}

const head =
  "sticky top-0 z-1 bg-page px-2 text-left text-12 font-normal text-quiet first:pl-4 last:pr-4 sm:first:pl-6 sm:last:pr-6";
const cell = "px-2 first:pl-4 last:pr-4 sm:first:pl-6 sm:last:pr-6";
const wide = "hidden lg:table-cell";

/** One line per act; its button unfolds what else was written down. */
export function AuditTable({ rows, workspaces, isStale }: AuditTableProps) {
  const [open, setOpen] = useState<number | null>(null);
  const names = new Map(workspaces.map(({ id, name }) => [id, name]));
  const id = useId();
  return (
    <div className={cx("overflow-x-auto", isStale && "opacity-60")} aria-busy={isStale}>
      <table className="w-full border-collapse text-13 tabular-nums">
        <caption className="sr-only">Audit, newest first</caption>
        <thead>
          <tr className="h-8">
            <th scope="col" className={cx(head, "w-36")}>
              Time
            </th>
            <th scope="col" className={head}>
              Person
            </th>
            <th scope="col" className={head}>
              Action
            </th>
            <th scope="col" className={cx(head, "w-28")}>
              Outcome
            </th>
            <th scope="col" className={cx(head, wide)}>
              Workspace
            </th>
            <th scope="col" className={cx(head, "hidden w-20 text-right lg:table-cell")}>
              Row
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const isOpen = row.seq === open;
            const toggle = () => setOpen(isOpen ? null : row.seq);
            return (
              <Fragment key={row.seq}>
                <tr className={cx("h-9 border-t border-line", isOpen ? "bg-raised" : "hover:bg-panel")}>
                  <td className={cx(cell, "whitespace-nowrap")}>
                    <button
                      type="button"
                      aria-expanded={isOpen}
                      aria-controls={`${id}-${row.seq}`}
                      aria-label={`Details of row ${row.seq}`}
                      onClick={toggle}
                      className="focus-inset -ml-1 inline-flex h-7 items-center gap-1 rounded-mark pr-1 text-normal hover:text-strong"
                    >
                      <ChevronRight
                        aria-hidden="true"
                        className={cx("size-3.5 text-quiet", isOpen && "rotate-90")}
                      />
                      <Time value={row.at} mode="absolute" />
                    </button>
                  </td>
                  <td className={cx(cell, "max-w-48 truncate text-strong")}>{personText(row)}</td>
                  <td className={cx(cell, "max-w-64 truncate")}>{actionWords(row.action)}</td>
                  <td className={cx(cell, "max-lg:pr-4")}>
                    <Outcome outcome={row.outcome} />
                  </td>
                  <td className={cx(cell, wide, "max-w-56")}>
                    <Workspace id={row.workspaceId} name={names.get(row.workspaceId ?? "") ?? null} />
                  </td>
                  <td className={cx(cell, "hidden text-right text-quiet lg:table-cell")}>{row.seq}</td>
                </tr>
                {isOpen ? (
                  <tr id={`${id}-${row.seq}`} className="bg-raised">
                    <td colSpan={6} className="px-4 pb-4 sm:px-6">
                      <Details row={row} />
                    </td>
                  </tr>
                ) : null}
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function personText(row: AuditRow): string {
  const { person, outcome } = row;
  const display = actingDisplay(row);
  if (display !== null) return `Display ${display}`;
  if (person === null) return outcome === "refused" ? "Nobody signed in" : "Watchfloor itself";
  return personName(person);
}

function Workspace({ id, name }: { readonly id: string | null; readonly name: string | null }) {
  if (id === null) return <span className="text-quiet">–</span>;
  return <WorkspaceTile workspaceId={id} name={name ?? id.slice(0, 8)} withName />;
}

function Details({ row }: { readonly row: AuditRow }) {
  const { person, action, permission, workspaceId, requestId, upstreamRequestId, hash } = row;
  const facts: readonly (readonly [string, string | null])[] = [
    ["Name of the act", action],
    ["E-mail", person?.email ?? null],
    ["Permission", permission],
    ["Workspace id", workspaceId],
    ["Request id", requestId],
    ["ContraForce request id", upstreamRequestId],
    ["Hash", hash],
  ];
  return (
    <div className="grid gap-x-8 gap-y-3 lg:grid-cols-2">
      <dl className="grid h-fit grid-cols-[max-content_minmax(0,1fr)] items-center gap-x-4 text-12">
        {facts.map(([label, value]) =>
          value ? (
            <Fragment key={label}>
              <dt className="text-quiet">{label}</dt>
              <dd className="flex h-6 min-w-0 items-center gap-1">
                <code className="truncate font-mono text-normal">{value}</code>
                <CopyButton text={value} what={label.toLowerCase()} className="size-6!" />
              </dd>
            </Fragment>
          ) : null,
        )}
      </dl>
      <RawText
        text={JSON.stringify(row.detail, null, 2)}
        label={`What was written down of row ${row.seq}`}
        className="max-h-64 bg-page"
      />
    </div>
  );
}
