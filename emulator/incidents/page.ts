import type { Stream, Stub } from "../world/model";
import type { Matcher } from "./filter";

/** Place of the first stub that is not older than `at` (with `seq` breaking ties), by bisection. */
function placeOf(stubs: readonly Stub[], at: number, seq: number): number {
  let low = 0;
  let high = stubs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const stub = stubs[middle];
    if (stub === undefined) break;
    if (stub.at < at || (stub.at === at && stub.seq < seq)) low = middle + 1;
    else high = middle;
  }
  return low;
}

export interface StreamPage {
  readonly stubs: readonly Stub[];
  /** True when there is more below the last one. */
  readonly more: boolean;
}

/**
 * The next incidents of one stream that match, newest first.
 * @param below position of the last incident that was sent; `null` begins at the top of the window
 */
export function pageOf(
  stream: Stream,
  matcher: Matcher,
  below: { readonly at: number; readonly seq: number } | null,
  size: number,
): StreamPage {
  const found: Stub[] = [];
  const start = below === null ? { at: matcher.window.to, seq: Number.POSITIVE_INFINITY } : below;
  for (let place = placeOf(stream.stubs, start.at, start.seq) - 1; place >= 0; place -= 1) {
    const stub = stream.stubs[place];
    if (stub === undefined || stub.at < matcher.window.from) break;
    if (!matcher.matches(stream, stub)) continue;
    if (found.length === size) return { stubs: found, more: true };
    found.push(stub);
  }
  return { stubs: found, more: false };
}
