import { apiRoutes } from "@/lib/routes";
import { Feed, type FeedListener, type FeedTools } from "./feed";

interface Held {
  readonly feed: Feed;
  readonly leaving: AbortController;
  ending: ReturnType<typeof setTimeout> | undefined;
}

/** From one page to the next nobody listens for a moment. */
const lingerMs = 2_000;
const held = new Map<string, Held>();

function tools(): FeedTools {
  return {
    fetch: (input, init) => fetch(input, init),
    random: Math.random,
    locks: "locks" in navigator ? navigator.locks : null,
    openChannel: "BroadcastChannel" in globalThis ? (name) => new BroadcastChannel(name) : null,
  };
}

function open(org: string, person: string | null): Held {
  const name = person === null ? null : `watchfloor live ${JSON.stringify([org, person])}`;
  const feed = new Feed(apiRoutes.events(org), name, tools());
  feed.start();
  // A page that is put aside whole (to come back with the back button) holds nothing meanwhile, and may have missed something.
  const leaving = new AbortController();
  const { signal } = leaving;
  addEventListener("pagehide", () => feed.stop(), { signal });
  addEventListener("pageshow", ({ persisted }) => persisted && feed.start(), { signal });
  return { feed, leaving, ending: undefined };
}

/**
 * Listens to what happens in an organisation; `person` is whose stream tabs share, null shares it with none.
 * @returns ends the listening
 */
export function follow(org: string, person: string | null, listener: FeedListener): () => void {
  const key = JSON.stringify([org, person]);
  const one = held.get(key) ?? open(org, person);
  held.set(key, one);
  clearTimeout(one.ending);
  one.feed.add(listener);
  return () => {
    if (one.feed.remove(listener) > 0) return;
    one.ending = setTimeout(() => {
      held.delete(key);
      one.leaving.abort();
      one.feed.stop();
    }, lingerMs);
  };
}
