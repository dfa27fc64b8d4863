"use client";

import { Download } from "lucide-react";
import { Choice } from "@/components/data/choice";
import { dayRangeOptions } from "@/components/data/time-range/day-range-options";
import { buttonClass } from "@/components/ui/button-class";
import { Segmented } from "@/components/ui/segmented";
import { actionWords, type AuditPage, auditOutcomes } from "@/lib/domain/audit";
import type { WorkspaceListItem } from "@/lib/domain/workspace-list";
import { auditExportAddress } from "@/lib/queries/audit";
import { outcomeWords } from "./outcome";
import type { AuditView } from "./use-audit-view";

export interface AuditFiltersProps {
  readonly org: string;
  readonly audit: AuditView;
  readonly choices: AuditPage["choices"];
  readonly workspaces: readonly WorkspaceListItem[];
}

/** What of the audit is shown, and the same rows as a file. */
export function AuditFilters({ org, audit, choices, workspaces }: AuditFiltersProps) {
  const { view, set, filter } = audit;
  return (
    <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2 sm:px-6">
      <Segmented
        label="Time"
        value={view.range}
        options={dayRangeOptions}
        onChange={(range) => set({ range })}
      />
      <Choice
        name="Person"
        none="anyone"
        value={view.person}
        options={(choices?.people ?? []).map(({ id, name, email }) => ({ value: id, label: name || email }))}
        onChange={(person) => set({ person })}
      />
      <Choice
        name="Action"
        none="any"
        value={view.action}
        options={(choices?.actions ?? []).map((action) => ({ value: action, label: actionWords(action) }))}
        onChange={(action) => set({ action })}
      />
      <Choice
        name="Outcome"
        none="any"
        value={view.outcome}
        options={auditOutcomes.map((outcome) => ({ value: outcome, label: outcomeWords[outcome] }))}
        onChange={(outcome) => set({ outcome })}
      />
      <Choice
        name="Workspace"
        none="any"
        value={view.workspace}
        options={workspaces.map(({ id, name }) => ({ value: id, label: name ?? id.slice(0, 8) }))}
        onChange={(workspace) => set({ workspace })}
      />
      <div className="ml-auto flex gap-2">
        {(["csv", "jsonl"] as const).map((format) => (
          <a
            key={format}
            href={auditExportAddress(org, filter, format)}
            download
            className={buttonClass("quiet")}
            data-tip={`All rows of this view as ${format === "csv" ? "a table" : "JSON lines"}`}
          >
            <Download aria-hidden="true" className="size-4 text-quiet" strokeWidth={1.75} />
            {format === "csv" ? "CSV" : "JSON lines"}
          </a>
        ))}
      </div>
    </div>
  );
}
