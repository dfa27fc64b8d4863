import "server-only";
import { createHash } from "node:crypto";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import { fold } from "@/lib/domain/fold";
import { entityKeysOf, entityPivots } from "@/lib/domain/incident-entities";
import { severityRankOf } from "@/lib/domain/incident-sort";
import { storableText } from "@/lib/server/db/storable";
import { spellSource } from "@/lib/server/walk/state";

/** Which incident, in the spelling of the register. */
export interface RegisterKey {
  readonly workspaceId: string;
  readonly source: string;
  readonly incidentId: string;
}

/** The state of an incident of which upstream answers that there is none. It is not closed: nobody said so. */
export const gone = "Gone";

export function registerKey(key: RegisterKey): RegisterKey {
  return {
    workspaceId: storableText(key.workspaceId.toLowerCase()),
    source: storableText(spellSource(key.source)),
    incidentId: storableText(key.incidentId),
  };
}

/** One text per key; no part holds a line break that another key could be mistaken by, because all three are in order. */
export const keyText = (key: RegisterKey) => JSON.stringify([key.workspaceId, key.source, key.incidentId]);

/** Years that PostgreSQL has; there is no year 0. */
const storableInstant = (iso: string | null) => (iso === null || iso.startsWith("0000") ? null : iso);

/** Longer texts are searched up to here. */
export const mostSearched = 4_000;
function searchTextOf(row: IncidentRow): string {
  const names = row.entities.flatMap((entity) => entityPivots.map((name) => entity[name] ?? ""));
  const parts = [
    row.title,
    row.number === null ? null : `#${row.number}`,
    row.displayId,
    row.id,
    row.user?.displayName,
    row.user?.email,
    row.workspaceName,
    ...row.ruleIds,
    ...row.alertProductNames,
    ...names,
    row.description,
  ];
  const lines = new Set(parts.flatMap((part) => (part ? [fold(part)] : [])));
  return [...lines].join("\n").slice(0, mostSearched);
}

/** A row in the form of its tables, everything but what tells when it was seen. */
export function incidentColumns(key: RegisterKey, row: IncidentRow) {
  const owner = row.user === null ? null : (row.user.email ?? row.user.id ?? row.user.displayName);
  const orNull = (text: string | null | undefined) => (text ? fold(text) : null);
  // As they will be read back, because the next call is compared with them.
  const kept = (text: string | null) => (text === null ? null : storableText(text));
  return {
    ...key,
    state: kept(row.status),
    isOpen: row.status !== "Closed",
    severity: kept(row.severity),
    severityRank: severityRankOf(row.severity),
    classification: kept(row.classification),
    owner: kept(owner?.toLowerCase() ?? null),
    ownerName: row.user?.displayName ?? null,
    createdAt: storableInstant(row.creationTime),
    modifiedAt: storableInstant(row.lastModificationTime),
    number: row.number,
    alerts: row.alertsCount,
    tactics: [...new Set(row.tactics)],
    products: [...new Set(row.alertProductNames)],
    rules: [...new Set(row.ruleIds)],
    titleSort: orNull(row.title),
    workspaceSort: orNull(row.workspaceName),
    ownerSort: orNull(row.user?.displayName ?? owner),
    search: searchTextOf(row),
    digest: createHash("sha256").update(JSON.stringify(row)).digest("base64url").slice(0, 22),
    entityKeys: entityKeysOf(row),
    row,
  };
}
export type IncidentColumns = ReturnType<typeof incidentColumns>;
