import "server-only";
import type { Datasource, DatasourceAnomaly, DatasourceGroup } from "@/lib/contract/shapes/datasource";
import type { UpstreamConnection } from "@/lib/server/connection/connection";
import type { Priority } from "@/lib/server/upstream/bulkhead";
import type { CallOptions } from "@/lib/server/upstream/call";
import type { Call } from "@/lib/server/walk/contract-upstream";

/** What the readings ask. Each rejects with a `Failure`, or with the signal's reason. */
export interface DataSourceUpstream {
  /** Anomalies of these workspaces, or of all with null. */
  anomalies(ids: readonly string[] | null): Promise<{
    readonly found: { readonly anomalies: readonly DatasourceAnomaly[]; readonly raw: unknown };
    readonly unreadableRows: number;
  }>;
  /** Connectors of at most 50 workspaces; those that upstream leaves out are not among the groups. */
  connectorsAcross(ids: readonly string[]): Promise<{
    readonly groups: readonly DatasourceGroup[];
    readonly unreadableRows: number;
  }>;
  /** Connectors of one workspace. */
  connectorsOf(id: string): Promise<{
    readonly connectors: readonly Datasource[];
    readonly unreadableRows: number;
  }>;
}

export interface UpstreamContext {
  readonly connection: UpstreamConnection;
  readonly requestId: string;
  readonly signal?: AbortSignal;
  /** Who waits for the answer; a person unless said otherwise. */
  readonly priority?: Priority;
}

/** The readings' questions as calls of the contract. */
export function dataSourceUpstream(
  call: Call,
  { connection, requestId, signal, priority = "interactive" }: UpstreamContext,
): DataSourceUpstream {
  const options: CallOptions = { requestId, signal, priority };
  return {
    anomalies: async (ids) => {
      // Both names, because we do not know which one upstream reads; neither asks for everything.
      const body = ids === null ? {} : { workspaces: [...ids], workspaceIds: [...ids] };
      const input = { params: {}, query: {}, body };
      const { data, unreadableRows } = await call(connection, "datasources.anomalies", input, options);
      return { found: data, unreadableRows };
    },
    connectorsAcross: async (ids) => {
      const input = { params: {}, query: { workspaceIds: [...ids] }, body: undefined };
      const { data, unreadableRows } = await call(connection, "datasources.acrossWorkspaces", input, options);
      return { groups: data, unreadableRows };
    },
    connectorsOf: async (workspaceId) => {
      const input = { params: { workspaceId }, query: {}, body: undefined };
      // A second look must not hold up people.
      const { data, unreadableRows } = await call(connection, "datasources.list", input, {
        ...options,
        priority: "background",
      });
      return { connectors: data, unreadableRows };
    },
  };
}
