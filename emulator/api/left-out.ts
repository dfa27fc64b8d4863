import type { OperationId } from "@/lib/contract";
import type { Stream, Workspace } from "../world/model";
import type { Call } from "./handler";

interface LeftOut {
  /** True when the whole workspace is missing from this reply. */
  workspace(workspace: Workspace): boolean;
  /** True when this source of it is, or the whole workspace. */
  stream(stream: Stream): boolean;
}

/** What the `leaveOut` faults take away from a cross-workspace reply, without any sign. Draws once per fault. */
export function leftOutOf(call: Pick<Call<OperationId>, "world" | "scene">): LeftOut {
  const struck = call.world.faults.strikeAll("leaveOut", call.scene);
  const concerns = (workspace: Workspace) =>
    struck.filter((fault) => fault.workspaceId.toLowerCase() === workspace.id);
  return {
    workspace: (workspace) => concerns(workspace).some((fault) => fault.source === undefined),
    stream: ({ workspace, source }) =>
      concerns(workspace).some(
        (fault) => fault.source === undefined || fault.source.toLowerCase() === source.toLowerCase(),
      ),
  };
}
