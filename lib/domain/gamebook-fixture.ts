import type { Gamebook, Playbook } from "@/lib/contract/shapes/gamebook";

/** For tests: a run as upstream sends it in its lists, with what the test is about. */
export function makeRun(own: Partial<Gamebook> & { readonly id: string }): Gamebook {
  return {
    tracingId: null,
    incidentId: "i1",
    source: "Sentinel",
    incidentTitle: "Suspicious sign-in",
    incidentNumber: 7,
    isOcr: null,
    isRecover: null,
    triggedByUserId: null,
    displayName: null,
    modificationDate: null,
    creationDate: "2026-11-24T10:00:00Z",
    status: "Succeeded",
    title: "Respond",
    isAdminRequired: null,
    workspaceId: "w1",
    workspaceName: "Contoso",
    tenantId: null,
    isAutoRun: null,
    originalGamebookId: null,
    originalGamebookTitle: null,
    isRetryGamebook: null,
    isQueued: null,
    playbooks: [],
    summary: null,
    ...own,
  };
}

/** For tests: one playbook of a run. */
export function makePlaybook(own: Partial<Playbook> = {}): Playbook {
  return {
    id: "p1",
    referenceId: null,
    entityId: null,
    name: "Block IP",
    description: null,
    entityType: "IP",
    affectedEntity: null,
    isRecommended: null,
    status: "Succeeded",
    errorMessage: null,
    sequence: null,
    modificationDate: null,
    startingDate: null,
    finishingDate: null,
    executionTime: null,
    tracingId: null,
    parameters: null,
    isAdminRequired: null,
    ...own,
  };
}
