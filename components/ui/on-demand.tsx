"use client";

import { type ComponentType, lazy, type ReactNode, Suspense, useSyncExternalStore } from "react";

const never = () => () => undefined;

/**
 * A component whose code comes when it is first drawn: dialogs, drawers, tabs that are not shown at first. Until then, and on
 * the server, `waiting` stands in its place. Next's own `dynamic` does the same with 1.8 kB more in every page, for a server
 * rendering that nothing here asks for.
 */
export function onDemand<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  waiting: ReactNode = null,
): ComponentType<Props> {
  const Loaded = lazy(async () => ({ default: await load() }));
  return function OnDemand(props: Props) {
    const isInBrowser = useSyncExternalStore(
      never,
      () => true,
      () => false,
    );
    if (!isInBrowser) return waiting;
    return (
      <Suspense fallback={waiting}>
        <Loaded {...props} />
      </Suspense>
    );
  };
}
