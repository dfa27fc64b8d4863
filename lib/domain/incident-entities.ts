import type { Entity, IncidentRow } from "@/lib/contract/shapes/incident";

/** More of one incident are not followed to other customers. */
const mostEntities = 100;

/** The members of an entity that can be met again at another customer, the best one first. */
export const entityPivots = [
  "hostName",
  "userUpn",
  "address",
  "url",
  "fileHash",
  "mailbox",
  "fileName",
  "displayName",
  "friendlyName",
] as const;

interface NamedEntity {
  /** `kind:value` in lower case. */
  readonly key: string;
  /** As upstream spells them. */
  readonly kind: string;
  readonly value: string;
}

/** What an entity is known by; null when nothing of it can be met again. */
function nameEntity(entity: Entity): NamedEntity | null {
  const value = entityPivots.map((name) => entity[name]).find((text) => text);
  const kind = entity.kind ?? entity.type ?? "Other";
  return value ? { key: `${kind.toLowerCase()}:${value.toLowerCase()}`, kind, value } : null;
}

/** `kind:value` in lower case: what the incident is about, as it can be met again in another one. */
export function entityKeysOf(row: Pick<IncidentRow, "entities">): string[] {
  const keys = new Set<string>();
  for (const entity of row.entities) {
    const named = nameEntity(entity);
    if (named && keys.size < mostEntities) keys.add(named.key);
  }
  return [...keys];
}

/** Kind and value of the key as the incident spells them; those of the key itself where it has no such entity. */
export function entityByKey(row: Pick<IncidentRow, "entities"> | null, key: string) {
  for (const entity of row?.entities ?? []) {
    const named = nameEntity(entity);
    if (named?.key === key) return { kind: named.kind, value: named.value };
  }
  const colon = key.indexOf(":");
  return { kind: key.slice(0, colon), value: key.slice(colon + 1) };
}
