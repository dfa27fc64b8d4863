import type { z } from "zod";
import { registry } from "@/lib/contract";
import { type IncidentFilter, Matcher, windowOf } from "../incidents/filter";
import { idOf } from "../incidents/identity";
import type { Instant } from "../time/clock";
import type { Realm, World } from "../world/world";

/** Names one incident. */
export interface IncidentKey {
  readonly workspaceId: string;
  readonly source: string;
  readonly id: string;
}

const walkBody = registry["incidents.acrossWorkspaces"].body;
/** The filter members of the walk; `sources` may be left out here. */
export const oracleFilterSchema = walkBody
  .omit({ isFirstCall: true, workspacePageTokens: true })
  .extend({ sources: walkBody.shape.sources.optional() });

export type OracleFilter = z.input<typeof oracleFilterSchema>;

/**
 * Every incident that a provider holds for a filter, whatever faults are set: what a complete walk must show.
 * Asks each incident one by one, and shares no paging with the API.
 * @throws ZodError, or Error with a sentence for a window that cannot be read
 */
export function heldIncidents(world: World, realm: Realm, filter: OracleFilter, at: Instant): IncidentKey[] {
  const read: IncidentFilter = oracleFilterSchema.parse(filter);
  const window = windowOf(read.timeFilterSelection, at);
  if ("errors" in window) throw new Error(Object.values(window.errors).flat().join(" "));
  const matcher = new Matcher(read, window, realm.telling(at));
  const held: IncidentKey[] = [];
  for (const workspace of realm.organisation.workspaces) {
    for (const stream of workspace.streams) {
      if (!matcher.takesSource(stream.source)) continue;
      for (const stub of stream.stubs) {
        if (matcher.matches(stream, stub))
          held.push({ workspaceId: workspace.id, source: stream.source, id: idOf(stream, stub) });
      }
    }
  }
  return held;
}
