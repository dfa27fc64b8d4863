import type { GamebookHints } from "@/lib/routes";

/** What the address says of the run beside its name. A member given twice counts as not given. */
export function readHints(search: Readonly<Record<string, string | string[] | undefined>>): GamebookHints {
  const one = (value: string | string[] | undefined) =>
    typeof value === "string" && value !== "" && value.length <= 256 ? value : null;
  return { created: one(search.created), incidentId: one(search.incident) };
}
