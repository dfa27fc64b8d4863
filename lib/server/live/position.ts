import "server-only";
import { Failure } from "@/lib/errors";
import type { WorkspaceScope } from "@/lib/domain/access";
import { withAnyKey } from "@/lib/server/vault/any-key";
import type { Keys } from "@/lib/server/vault/any-key";
import { openText, sealText } from "@/lib/server/vault/sealed-text";
import { scopeFingerprint } from "@/lib/server/walk/cursor";

/** Whose place in which log, and what they could see when they got it. */
export interface PositionOwner {
  /** `callerIdOf`. */
  readonly callerId: string;
  readonly organisationId: string;
  readonly scope: WorkspaceScope;
}

/** Longer than the log goes back: it is the log that decides. */
export const positionLifetimeMs = 48 * 3_600_000;

const bindingOf = ({ callerId, organisationId, scope }: PositionOwner) =>
  Buffer.from(
    JSON.stringify([
      "live",
      1,
      callerId,
      organisationId,
      scopeFingerprint(scope.kind === "all" ? "all" : scope.ids),
    ]),
  );

/**
 * A place in the event log as the browser may hold it. The number itself would count the events of workspaces that the person may not see; sealed,
 * two of them cannot even be compared.
 */
export function sealPosition(keys: Keys, owner: PositionOwner, id: number, nowMs: number): string {
  return positionSealer(keys, owner)(id, nowMs);
}

/** The same for many places of one owner. */
export function positionSealer(keys: Keys, owner: PositionOwner): (id: number, nowMs: number) => string {
  const binding = bindingOf(owner);
  return (id, nowMs) => sealText(keys[0], binding, String(id), nowMs + positionLifetimeMs);
}

/** The number; null for a place that is another's, was made under other rights, or is too old: then everything is read anew. */
export function openPosition(
  keys: Keys,
  owner: PositionOwner,
  position: string,
  nowMs: number,
): number | null {
  try {
    return Number(withAnyKey(keys, (key) => openText(key, bindingOf(owner), position, nowMs)));
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}
