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

/** All that match the view as a file, in its order; filter and coverage stand at its head. */
export function ExportMenu({ view }: { readonly view: Pick<IncidentView, "filter" | "sort"> }) {
  const { organisation } = useSession();
  const take = (format: (typeof formats)[number]["format"]) => {
    const query = printIncidentQuery(toWholeQuery(view.filter, view.sort, Date.now()));
    query.set("format", format);
    // It is answered as an attachment, so that the page stays.
    window.location.assign(apiRoutes.incidentsExport(organisation.slug, query));
  };
  return (
    <Menu
      label="Export"
      align="end"
      items={formats.map(({ format, label }) => ({ label, run: () => take(format) }))}
      trigger={(props) => <IconButton {...props} icon={Download} label="Export" className="max-sm:hidden" />}
    />
  );
}
