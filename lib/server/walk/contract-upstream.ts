import "server-only";
import type { OperationId } from "@/lib/contract";
import type { UpstreamConnection } from "@/lib/server/connection/connection";
import type { Priority } from "@/lib/server/upstream/bulkhead";
import type { CallInput, CallOptions, UpstreamReply } from "@/lib/server/upstream/call";
import type { NamedWorkspace, WalkUpstream } from "./upstream";

/** `callUpstream`, or the client of a test. */
export type Call = <Id extends OperationId>(
  connection: UpstreamConnection,
  id: Id,
  input: CallInput<Id>,
  options: CallOptions,
) => Promise<UpstreamReply<Id>>;

export interface ContractContext {
  readonly connection: UpstreamConnection;
  readonly requestId: string;
  /** Who waits for the pages; a person unless said otherwise. */
  readonly priority?: Priority;
  /** The time of asking counts: see `CallOptions`. */
  readonly isFresh?: boolean;
}

/** What the walk asks, as calls of the contract. Learning and probing must not hold up people, so they wait behind them. */
export function contractUpstream(
  call: Call,
  { connection, requestId, priority = "interactive", isFresh }: ContractContext,
): WalkUpstream {
  const background: CallOptions = { requestId, priority: "background" };
  const nothing = { params: {}, query: {}, body: undefined };
  return {
    page: async (filter, tokens, signal) => {
      const body = {
        ...filter,
        isFirstCall: tokens === null,
        workspacePageTokens: (tokens ?? []).map(({ workspaceId, sourceTokens }) => ({
          workspaceId,
          sourceTokens: { ...sourceTokens },
        })),
      };
      // The filter's words were checked when the request was parsed; upstream's own words come back in its tokens.
      const input = { params: {}, query: {}, body } as CallInput<"incidents.acrossWorkspaces">;
      const options: CallOptions = { requestId, signal, priority, isFresh };
      const { data, unreadableRows } = await call(connection, "incidents.acrossWorkspaces", input, options);
      return { ...data, unreadableRows };
    },
    gamebookWorkspaces: async () => {
      const input = { params: {}, query: { currentPage: 1 }, body: undefined };
      const { data } = await call(connection, "gamebooks.acrossHistory", input, background);
      return named(data.items);
    },
    serviceAccountWorkspaces: async () => {
      const { data } = await call(connection, "serviceAccounts.list", nothing, background);
      return named(data.flatMap((account) => account.workspaceAssignments));
    },
    userWorkspaces: async () => {
      const { data } = await call(connection, "users.list", nothing, background);
      return named(data.flatMap((user) => user.roleAssignments));
    },
  };
}

function named(
  mentions: readonly { readonly workspaceId: string | null; readonly workspaceName: string | null }[],
): readonly NamedWorkspace[] {
  return mentions.flatMap(({ workspaceId, workspaceName }) =>
    workspaceId ? [{ workspaceId, name: workspaceName || null }] : [],
  );
}
