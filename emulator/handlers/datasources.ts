import { type Call, type HandlersOf, ok } from "../api/handler";
import { leftOutOf } from "../api/left-out";
import { anomaliesOf } from "../connectors/anomaly";
import { connectorOut, connectorsOf } from "../connectors/connector";
import type { Workspace } from "../world/model";

function chosen(visible: readonly Workspace[], ids: readonly string[] | null): readonly Workspace[] {
  if (ids === null) return visible;
  const wanted = new Set(ids.map((id) => id.toLowerCase()));
  return visible.filter((workspace) => wanted.has(workspace.id));
}

function anomalies(call: Call<"datasources.anomalies">): unknown {
  const { workspaces, workspaceIds } = call.body;
  const ids =
    workspaces === undefined && workspaceIds === undefined
      ? null
      : [...(workspaces ?? []), ...(workspaceIds ?? [])];
  const leftOut = leftOutOf(call);
  const { silentShare } = call.realm.organisation.scenario;
  const found = chosen(call.visible, ids)
    .filter((workspace) => !leftOut.workspace(workspace))
    .map((workspace) => anomaliesOf(workspace, silentShare, call.now))
    .filter(({ items }) => items.length > 0);
  if (call.alternate)
    return {
      workspaces: found.map(({ workspace, items }) => ({
        workspaceId: workspace.id,
        workspaceName: workspace.name,
        anomalies: items,
      })),
    };
  return {
    anomalies: found.flatMap(({ workspace, items }) =>
      items.map((item) => ({ workspaceId: workspace.id, workspaceName: workspace.name, ...item })),
    ),
  };
}

/** Nothing is answered where no workspace is named (a guess). */
function grouped(call: Call<"datasources.acrossWorkspaces">): unknown {
  const leftOut = leftOutOf(call);
  const groups = chosen(call.visible, call.query.workspaceIds ?? [])
    .filter((workspace) => !leftOut.workspace(workspace))
    .map((workspace) => ({
      workspaceId: workspace.id,
      workspaceName: workspace.name,
      dataSources: connectorsOf(workspace).map((connector) => connectorOut(connector, call.now)),
    }));
  if (!call.alternate) return groups;
  return Object.fromEntries(groups.map((group) => [group.workspaceId, group.dataSources]));
}

export const datasourceHandlers: HandlersOf<"datasources"> = {
  "datasources.list": (call) =>
    ok(connectorsOf(call.workspace).map((connector) => connectorOut(connector, call.now))),
  "datasources.anomalies": (call) => ok(anomalies(call)),
  "datasources.acrossWorkspaces": (call) => ok(grouped(call)),
};
