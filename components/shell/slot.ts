import { useSyncExternalStore } from "react";

export interface Slot<Value> {
  readonly set: (value: Value | null) => void;
  /** The value now; only components that use this are drawn anew when it changes. */
  readonly useValue: () => Value | null;
}

/** A place in the frame that the page on show fills. Null when no page fills it, and always on the server. */
export function createSlot<Value>(): Slot<Value> {
  let current: Value | null = null;
  const listeners = new Set<() => void>();
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    set: (value) => {
      current = value;
      for (const listener of listeners) listener();
    },
    useValue: () =>
      useSyncExternalStore(
        subscribe,
        () => current,
        () => null,
      ),
  };
}
