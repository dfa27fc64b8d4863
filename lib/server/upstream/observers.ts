import type { OperationId } from "@/lib/contract";
import { processWide } from "@/lib/server/process-wide";

/** How one call of an organisation ended; `error` is null when it was answered as hoped. */
export interface CallEnd {
  readonly organisationId: string;
  readonly operation: OperationId;
  readonly error: unknown;
}

type Observer = (end: CallEnd) => void;

const observers = processWide("upstream-observers", () => new Map<string, Observer>());

/** Hears of every call from now on; a second observer of the same name takes the first one's place. It must not throw. */
export function observeCalls(name: string, observer: Observer): void {
  observers.set(name, observer);
}

export function reportCall(end: CallEnd): void {
  for (const observer of observers.values()) observer(end);
}
