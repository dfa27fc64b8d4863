import "server-only";
import { Failure } from "@/lib/errors";

/** Keys of one purpose: the first seals, all of them open. */
export type Keys = readonly [Uint8Array, ...Uint8Array[]];

/**
 * What `open` makes of something sealed, tried with each key in turn, so that what was handed out before the key ring was rotated still
 * opens. Throws what `open` throws; `CURSOR_INVALID` only when no key fits.
 */
export function withAnyKey<T>(keys: Keys, open: (key: Uint8Array) => T): T {
  const [current, ...older] = keys;
  try {
    return open(current);
  } catch (error) {
    const [next, ...rest] = older;
    if (!(error instanceof Failure) || error.code !== "CURSOR_INVALID" || !next) throw error;
    return withAnyKey([next, ...rest], open);
  }
}
