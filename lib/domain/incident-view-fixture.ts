import type { IncidentRow } from "@/lib/contract/shapes/incident";

/** A row for tests: only what a test names differs from these values. */
export function makeRow(over: Partial<IncidentRow> = {}): IncidentRow {
  return {
    id: "1",
    title: "Suspicious sign-in",
    number: 1042,
    displayId: null,
    description: null,
    source: "Sentinel",
    sourceDisplayName: "Microsoft Sentinel",
    creationTime: "2026-11-24T12:00:00.000Z",
    lastModificationTime: "2026-11-24T13:00:00.000Z",
    lastActivityTime: null,
    severity: "High",
    status: "New",
    classification: null,
    classificationReason: null,
    classificationComment: null,
    comment: null,
    tactics: [],
    ruleIds: [],
    alertProductNames: [],
    user: null,
    isAssigned: false,
    alertsCount: 3,
    entities: [],
    workspaceId: "11111111-1111-4111-8111-111111111111",
    workspaceName: "Contoso",
    name: null,
    type: null,
    productId: null,
    ...over,
  };
}

/** Rows `<prefix>0` … changed one minute apart, the first one newest. */
export function makeRows(count: number, prefix = "i", over: Partial<IncidentRow> = {}): IncidentRow[] {
  const newest = Date.parse("2026-11-24T13:00:00.000Z");
  return Array.from({ length: count }, (_, index) =>
    makeRow({
      id: `${prefix}${index}`,
      lastModificationTime: new Date(newest - index * 60_000).toISOString(),
      ...over,
    }),
  );
}
