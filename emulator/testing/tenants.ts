import type { OperationId } from "@/lib/contract";
import { demoCredentials } from "../accounts/account-store";
import type { RunningEmulator } from "../start";
import { callOperation } from "./caller";
import { browserExampleOf } from "./examples";

/** The demo's main tenant, as tests of access ask it. */
export function mainTenant(emulator: RunningEmulator) {
  return {
    exampleOf: (id: OperationId) => browserExampleOf(emulator, id),
    workspaceIds: () => emulator.control.workspaces().map((each) => each.id),
    /** Requests that have reached the emulator. */
    total: () => emulator.control.stats().total,
  };
}

/** A workspace of the demo's other tenant, and words that stand in that tenant's data alone. */
export async function foreignTenant(
  emulator: RunningEmulator,
): Promise<{ readonly workspaceId: string; readonly canaries: readonly string[] }> {
  const { json } = await callOperation(emulator, "serviceAccounts.list", {}, demoCredentials.globex);
  const { data } = json as {
    data: { workspaceAssignments: { workspaceId: string; workspaceName: string }[] }[];
  };
  const assignments = data.flatMap((account) => account.workspaceAssignments);
  const [first] = assignments;
  if (!first) throw new Error("The other tenant has no workspace.");
  const canaries = assignments.map(({ workspaceName }) => JSON.stringify(workspaceName));
  return { workspaceId: first.workspaceId, canaries };
}
