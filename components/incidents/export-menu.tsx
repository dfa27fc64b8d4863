"use client";

import { Download } from "lucide-react";
import { useSession } from "@/components/shell/session";
import { IconButton } from "@/components/ui/icon-button";
import { Menu } from "@/components/ui/menu";
import type { IncidentView } from "@/lib/domain/incident-view";
import { toWholeQuery } from "@/lib/domain/incident-view-query";
import { printIncidentQuery } from "@/lib/domain/incident-query";
import { apiRoutes } from "@/lib/routes";

const formats = [
  { format: "csv", label: "All matches as CSV" },
  { format: "jsonl", label: "All matches as JSON lines" },
] as const;

type ExportedView = Pick<IncidentView, "filter" | "sort">;

function take(org: string, { filter, sort }: ExportedView, format: (typeof formats)[number]["format"]): void {
  const query = printIncidentQuery(toWholeQuery(filter, sort, Date.now()));
  query.set("format", format);
  // It is answered as an attachment, so that the page stays.
  window.location.assign(apiRoutes.incidentsExport(org, query));
}

/** All that match the view as a file, in its order; filter and coverage stand at its head. */
export function ExportMenu({ view }: { readonly view: ExportedView }) {
  const { organisation } = useSession();
  return (
    <Menu
      label="Export"
      align="end"
      items={formats.map(({ format, label }) => ({
        label,
        run: () => take(organisation.slug, view, format),
      }))}
      trigger={(props) => <IconButton {...props} icon={Download} label="Export" className="max-sm:hidden" />}
    />
  );
}
