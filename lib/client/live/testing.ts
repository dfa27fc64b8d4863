import type { FeedTools } from "./feed";

interface Wanted {
  readonly callback: () => Promise<unknown>;
  readonly settle: (ended: Promise<unknown>) => void;
}

/** Web Locks of one browser: one holder of a name at a time, the others in turn. */
export class FakeLocks {
  #holder: { readonly lose: (reason: Error) => void } | null = null;
  #queue: Wanted[] = [];

  readonly request = ((
    _name: string,
    options: LockOptions,
    callback: () => Promise<unknown>,
  ): Promise<unknown> =>
    new Promise<unknown>((resolve, reject) => {
      const wanted: Wanted = { callback, settle: resolve };
      options.signal?.addEventListener("abort", () => {
        if (!this.#queue.includes(wanted)) return;
        this.#queue = this.#queue.filter((one) => one !== wanted);
        reject(new DOMException("left", "AbortError"));
      });
      const run = { callback, settle: resolve };
      if (options.steal) {
        this.#holder?.lose(new DOMException("stolen", "AbortError"));
        this.#holder = null;
        this.#grant(run);
        return;
      }
      this.#queue.push(wanted);
      queueMicrotask(() => this.#next());
      // The browser's own type has many forms; this is the one that is used.
    })) as LockManager["request"];

  #next(): void {
    if (this.#holder !== null) return;
    const wanted = this.#queue.shift();
    if (wanted) this.#grant(wanted);
  }

  #grant({ callback, settle }: Wanted): void {
    const lost = new Promise<never>((_, reject) => {
      this.#holder = { lose: reject };
    });
    const own = this.#holder;
    const held = Promise.resolve().then(callback);
    settle(
      Promise.race([held, lost]).finally(() => {
        if (this.#holder !== own) return;
        this.#holder = null;
        this.#next();
      }),
    );
  }
}

type Channel = ReturnType<NonNullable<FeedTools["openChannel"]>>;

/** BroadcastChannel of one browser: every other one of a name hears it, a moment later. */
export class FakeChannels {
  readonly #open = new Set<{ readonly name: string; readonly channel: Channel }>();
  /** What was said, in order. */
  readonly said: unknown[] = [];

  readonly openChannel = (name: string): Channel => {
    const channel: Channel = {
      onmessage: null,
      close: () => void this.#open.delete(own),
      postMessage: (data: unknown) => {
        this.said.push(data);
        for (const other of this.#open)
          if (other !== own && other.name === name)
            queueMicrotask(() => {
              if (this.#open.has(other))
                other.channel.onmessage?.call(
                  other.channel as BroadcastChannel,
                  new MessageEvent("message", { data }),
                );
            });
      },
    };
    const own = { name, channel };
    this.#open.add(own);
    return channel;
  };
}

/** A server's end of the streams that were asked for. */
export class FakeServer {
  readonly asked: { readonly lastId: string | null; readonly atMs: number }[] = [];
  /** Those that are open. */
  readonly open = new Set<ReadableStreamDefaultController<Uint8Array>>();
  /** What is answered instead of a stream; an error is a network that is down. */
  refusal: (() => Response) | null = null;

  readonly fetch = (async (_input: string, init?: RequestInit) => {
    this.asked.push({ lastId: new Headers(init?.headers).get("last-event-id"), atMs: Date.now() });
    if (this.refusal) return this.refusal();
    let own: ReadableStreamDefaultController<Uint8Array> | undefined;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        own = controller;
        this.open.add(controller);
      },
    });
    init?.signal?.addEventListener("abort", () => {
      if (own && this.open.delete(own)) own.error(new DOMException("left", "AbortError"));
    });
    return new Response(body, { headers: { "content-type": "text/event-stream; charset=utf-8" } });
  }) as typeof fetch;

  send(text: string): void {
    for (const controller of this.open) controller.enqueue(new TextEncoder().encode(text));
  }

  hb(id: string): void {
    this.send(`event: hb\nid: ${id}\ndata: {}\n\n`);
  }

  coverage(id: string): void {
    this.send(`event: coverage\nid: ${id}\ndata: {"topic":"coverage","workspaceId":null}\n\n`);
  }

  cut(): void {
    for (const controller of this.open) controller.close();
    this.open.clear();
  }
}
