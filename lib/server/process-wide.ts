import "server-only";

/**
 * One value per process. Next may load a module once for the start-up and once for each route; what they must share (the database,
 * the session cache, whether the start is done) is kept on the global object under a name of its own.
 */
export function processWide<T>(name: string, make: () => T): T {
  const key = Symbol.for(`watchfloor.${name}`);
  const held: Record<symbol, { value: T } | undefined> = globalThis as never;
  const slot = (held[key] ??= { value: make() });
  return slot.value;
}
