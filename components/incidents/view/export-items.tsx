"use client";

import { useSession } from "@/components/shell/session";
import { MenuItems } from "@/components/ui/menu";
import { printIncidentQuery } from "@/lib/domain/incident-query";
import type { IncidentView } from "@/lib/domain/incident-view";
import { toWholeQuery } from "@/lib/domain/incident-view-query";
import { thisMinute } from "@/lib/queries/this-minute";
import { apiRoutes } from "@/lib/routes";
import { useMenuFocus } from "./use-menu-focus";

export interface ExportItemsProps {
  readonly view: Pick<IncidentView, "filter" | "sort">;
  readonly close: () => void;
}

const formats = [
  { format: "csv", label: "All matches as CSV" },
  { format: "jsonl", label: "All matches as JSON lines" },
] as const;

function take(
  org: string,
  { filter, sort }: ExportItemsProps["view"],
  format: (typeof formats)[number]["format"],
): void {
  const query = printIncidentQuery(toWholeQuery(filter, sort, thisMinute()));
  query.set("format", format);
  // It is answered as an attachment, so that the page stays.
  window.location.assign(apiRoutes.incidentsExport(org, query));
}

/** In which form all that match the view are taken as a file, in its order; filter and coverage stand at its head. */
export function ExportItems({ view, close }: ExportItemsProps) {
  const { organisation } = useSession();
  const box = useMenuFocus("export");
  const items = formats.map(({ format, label }) => ({
    label,
    run: () => take(organisation.slug, view, format),
  }));
  return (
    <div ref={box} role="presentation">
      <MenuItems items={items} close={close} />
    </div>
  );
}
