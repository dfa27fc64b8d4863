import type { Entity, IncidentAlert, IncidentRow } from "@/lib/contract/shapes/incident";
import { spellOut } from "./incident-view-words";

/**
 * One incident out of the row of the list and the row inside its detail: the newer copy counts, and what it leaves empty
 * comes from the other one, because upstream's two endpoints do not fill the same members.
 */
export function joinIncident(row: IncidentRow | null, detail: IncidentRow | null): IncidentRow | null {
  if (row === null || detail === null) return detail ?? row;
  const isRowNewer = (row.lastModificationTime ?? "") > (detail.lastModificationTime ?? "");
  const [first, second] = isRowNewer ? [row, detail] : [detail, row];
  const filled = Object.entries(second).filter(([name, value]) => {
    const own = first[name as keyof IncidentRow];
    return isNothing(own) && !isNothing(value) && !stateMembers.has(name);
  });
  return { ...first, ...Object.fromEntries(filled) };
}

const isNothing = (value: unknown) => value === null || (Array.isArray(value) && value.length === 0);

/** Members where "nothing" is itself news: an owner who left must not come back from the older copy. */
const stateMembers: ReadonlySet<string> = new Set([
  "user",
  "isAssigned",
  "classification",
  "classificationReason",
  "classificationComment",
]);

export interface EntityFact {
  readonly label: string;
  readonly value: string;
}

export interface EntityView {
  readonly key: string;
  /** What it is known by: a name, an address, a hash. */
  readonly name: string;
  /** Further identifiers, each worth copying. */
  readonly facts: readonly EntityFact[];
}

export interface EntityGroup {
  /** "Account", "Host", "IP". */
  readonly kind: string;
  readonly entities: readonly EntityView[];
}

/** Entities of the incident and of its alerts by kind, each once, kinds in the order they first appear. */
export function groupEntities(...lists: readonly (readonly Entity[])[]): readonly EntityGroup[] {
  const groups = new Map<string, Map<string, EntityView>>();
  for (const entity of lists.flat()) {
    const kind = spellOut(entity.kind ?? entity.type ?? "Other");
    const view = viewOf(entity);
    const held = groups.get(kind) ?? new Map<string, EntityView>();
    groups.set(kind, held);
    const known = held.get(view.name.toLowerCase());
    if (known === undefined || known.facts.length < view.facts.length)
      held.set(view.name.toLowerCase(), view);
  }
  return [...groups].map(([kind, entities]) => ({ kind, entities: [...entities.values()] }));
}

/** Members beside the name, in the order in which people look for them. */
const factLabels: readonly (readonly [keyof Entity, string])[] = [
  ["userUpn", "Sign-in name"],
  ["mailbox", "Mailbox"],
  ["hostName", "Host"],
  ["address", "Address"],
  ["url", "URL"],
  ["fileName", "File"],
  ["fileHash", "Hash"],
  ["commandLine", "Command line"],
  ["aadUserId", "Entra user id"],
  ["accountEntityId", "Account entity id"],
  ["deviceId", "Device id"],
  ["deviceAzureId", "Entra device id"],
  ["defenderAtpDeviceId", "Defender device id"],
];

/** By kind, the member that names it; else the friendly name, which upstream always fills. */
const namedBy: Readonly<Record<string, readonly (keyof Entity)[]>> = {
  account: ["displayName", "userUpn"],
  host: ["hostName"],
  ip: ["address"],
  url: ["url"],
  file: ["fileName"],
  filehash: ["fileHash"],
  process: ["commandLine"],
  mailbox: ["mailbox"],
};

function viewOf(entity: Entity): EntityView {
  const own = (namedBy[(entity.kind ?? "").toLowerCase()] ?? []).map((member) => entity[member]);
  const name = own.find(Boolean) ?? entity.friendlyName ?? entity.displayName ?? entity.id;
  const facts = factLabels.flatMap(([member, label]) => {
    const value = entity[member];
    return value && value !== name ? [{ label, value }] : [];
  });
  return { key: entity.id, name, facts };
}

/** Alerts with the newest first; those without a time come last. */
export function orderAlerts(alerts: readonly IncidentAlert[]): readonly IncidentAlert[] {
  const time = (alert: IncidentAlert) => alert.creationTime ?? "";
  return [...alerts].sort((a, b) => (time(a) === time(b) ? 0 : time(a) < time(b) ? 1 : -1));
}
