import type { Datasource } from "@/lib/contract/shapes/datasource";
import { anomalies as anomaliesReader } from "@/lib/contract/shapes/datasource";
import { Reading } from "@/lib/contract/reading";
import { Failure, type FailureCode } from "@/lib/errors";
import type { DataSourceUpstream } from "../upstream";

export interface FakeConnector {
  readonly id: string;
  readonly name: string;
  readonly connected: boolean;
}

/** An upstream of a test: what it holds, what goes wrong, and what it was asked. */
export class FakeDataSources {
  /** The reply of the anomalies call, as it comes over the wire. */
  anomaliesReply: unknown = { anomalies: [] };
  readonly connectors = new Map<string, readonly FakeConnector[]>();
  /** Left out of the call across workspaces. */
  readonly leftOut = new Set<string>();
  anomaliesFail: FailureCode | null = null;
  acrossFails: ((ids: readonly string[]) => FailureCode | null) | null = null;
  singleFails: ((id: string) => FailureCode | null) | null = null;
  /** Held up until it resolves. */
  gate: Promise<void> = Promise.resolve();
  readonly asked: { readonly call: string; readonly ids: readonly string[] | null }[] = [];

  readonly upstream: DataSourceUpstream = {
    anomalies: async (ids) => {
      this.asked.push({ call: "anomalies", ids });
      // As the call found it, however long the answer is on its way.
      const found = anomaliesReader(this.anomaliesReply, new Reading());
      const failure = this.anomaliesFail;
      await this.gate;
      refuse(failure);
      return { found, unreadableRows: 0 };
    },
    connectorsAcross: async (ids) => {
      this.asked.push({ call: "across", ids });
      await this.gate;
      refuse(this.acrossFails?.(ids) ?? null);
      const groups = ids
        .filter((id) => this.connectors.has(id) && !this.leftOut.has(id))
        .map((workspaceId) => ({
          workspaceId,
          workspaceName: null,
          dataSources: this.#listed(workspaceId),
        }));
      return { groups, unreadableRows: 0 };
    },
    connectorsOf: async (id) => {
      this.asked.push({ call: "single", ids: [id] });
      await this.gate;
      refuse(this.singleFails?.(id) ?? null);
      return { connectors: this.#listed(id), unreadableRows: 0 };
    },
  };

  #listed(id: string): Datasource[] {
    return (this.connectors.get(id) ?? []).map((connector) => ({
      dataConnectorId: connector.id,
      name: connector.name,
      icon: "https://never.example.test/fetched.svg",
      provider: "Microsoft",
      description: null,
      connectorType: "MicrosoftOffice",
      connected: connector.connected,
      modificationDateTime: null,
      parametersHelper: [],
    }));
  }

  count(call: string): number {
    return this.asked.filter((each) => each.call === call).length;
  }
}

function refuse(code: FailureCode | null): void {
  if (code !== null) throw new Failure(code);
}
