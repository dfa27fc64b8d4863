import type { GamebookHints, GamebookKey } from "@/lib/routes";

/** Next hands dynamic segments over as they stand in the address, that is, percent-encoded. Null when one is malformed. */
export function readSegments(segments: GamebookKey): GamebookKey | null {
  try {
    return {
      workspaceId: decodeURIComponent(segments.workspaceId),
      gamebookId: decodeURIComponent(segments.gamebookId),
    };
  } catch {
    return null;
  }
}

/** What the address says of the run beside its name. A member given twice counts as not given. */
export function readHints(search: Readonly<Record<string, string | string[] | undefined>>): GamebookHints {
  const one = (value: string | string[] | undefined) =>
    typeof value === "string" && value !== "" && value.length <= 256 ? value : null;
  return { created: one(search.created), incidentId: one(search.incident) };
}
