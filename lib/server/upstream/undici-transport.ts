import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate, type InputType, type ZlibOptions } from "node:zlib";
import type { Dispatcher } from "undici";
import type { Clock } from "./clock";
import type { Destinations } from "./destinations";
import { poolFor } from "./pools";
import { type IncomingReply, type OutgoingRequest, type Transport, TransportFault } from "./transport";

type Headers = Readonly<Record<string, string | string[] | undefined>>;
type Decode = (bytes: InputType, options: ZlibOptions) => Promise<Buffer>;

// Only gzip is asked for; the others are read all the same, because front doors do not always listen.
const decoders: Readonly<Record<string, Decode | null>> = {
  identity: null,
  gzip: promisify<InputType, ZlibOptions, Buffer>(gunzip),
  "x-gzip": promisify<InputType, ZlibOptions, Buffer>(gunzip),
  deflate: promisify<InputType, ZlibOptions, Buffer>(inflate),
  br: promisify<InputType, ZlibOptions, Buffer>(brotliDecompress),
};

function single(headers: Headers, name: string): string | null {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

/** Decompresses with the cap on what comes out, so that a few kilobytes cannot become gigabytes. */
async function decoded(raw: Buffer, headers: Headers, maxBytes: number): Promise<Buffer> {
  const encoding = single(headers, "content-encoding")?.trim().toLowerCase() || "identity";
  const decode = Object.hasOwn(decoders, encoding) ? decoders[encoding] : undefined;
  if (decode === undefined) throw new TransportFault("garbled", true);
  if (decode === null || raw.length === 0) return raw;
  try {
    return await decode(raw, { maxOutputLength: maxBytes });
  } catch (error) {
    const isTooLarge = error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
    throw new TransportFault(isTooLarge ? "too-large" : "garbled", true, { cause: error });
  }
}

function faultOf(error: Error, wasSent: boolean): TransportFault {
  if (error instanceof TransportFault) return error;
  // By name: the parser's error carries a code only sometimes.
  const isGarbled = error.name === "HTTPParserError";
  return new TransportFault(!wasSent ? "unreachable" : isGarbled ? "garbled" : "cut", wasSent, {
    cause: error,
  });
}

interface RawReply {
  readonly status: number;
  readonly headers: Headers;
  readonly raw: Buffer;
}

/** Collects one exchange. Written against `dispatch` because only there one sees whether a request left the house. */
class Exchange implements Dispatcher.DispatchHandler {
  #controller: Dispatcher.DispatchController | null = null;
  #wasSent = false;
  #status = 0;
  #headers: Headers = {};
  #chunks: Buffer[] = [];
  #bytes = 0;
  #ended: Error | null = null;
  #cancelTimer: () => void = () => undefined;
  readonly #request: OutgoingRequest;
  readonly #clock: Clock;
  readonly #settle: { resolve: (reply: RawReply) => void; reject: (error: Error) => void };

  constructor(
    request: OutgoingRequest,
    clock: Clock,
    settle: { resolve: (reply: RawReply) => void; reject: (error: Error) => void },
  ) {
    this.#request = request;
    this.#clock = clock;
    this.#settle = settle;
  }

  get wasSent(): boolean {
    return this.#wasSent;
  }

  /** Gives the exchange up: the caller hears it at once, the socket is closed. */
  end(error: Error): void {
    if (this.#ended) return;
    this.#ended = error;
    this.#cancelTimer();
    this.#chunks = [];
    this.#settle.reject(error);
    this.#controller?.abort(error);
  }

  #timeOutAfter(ms: number): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#clock.after(ms, () => this.end(new TransportFault("timeout", this.#wasSent)));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // Given up while it waited for a connection: not a byte of it goes out.
    if (this.#ended) return controller.abort(this.#ended);
    this.#wasSent = true;
    this.#timeOutAfter(this.#request.budget.headersMs);
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Headers): void {
    if (status < 200) return;
    this.#status = status;
    this.#headers = headers;
    this.#timeOutAfter(this.#request.budget.idleBodyMs);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#ended) return;
    this.#bytes += chunk.length;
    if (this.#bytes > this.#request.budget.maxBodyBytes)
      return this.end(new TransportFault("too-large", true));
    this.#chunks.push(chunk);
    this.#timeOutAfter(this.#request.budget.idleBodyMs);
  }

  onResponseEnd(): void {
    if (this.#ended) return;
    this.#cancelTimer();
    const raw = Buffer.concat(this.#chunks);
    this.#settle.resolve({ status: this.#status, headers: this.#headers, raw });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.end(faultOf(error, this.#wasSent));
  }
}

/** The rules, when they allow the address. Throws a `TransportFault` with nothing resolved and nothing sent. */
function checked(destinations: () => Destinations, url: URL): Destinations {
  const rules = destinations();
  try {
    rules.check(url);
  } catch (error) {
    throw new TransportFault("unreachable", false, { cause: error });
  }
  return rules;
}

/** The real transport: undici's pools, every time-out exact, redirects returned as they are and never followed. */
export function undiciTransport(
  clock: Clock,
  connectMs: number,
  destinations: () => Destinations,
): Transport {
  return async (request, signal): Promise<IncomingReply> => {
    if (signal.aborted) throw new TransportFault("aborted", false, { cause: signal.reason });
    const rules = checked(destinations, request.url);
    const { isFreshConnection } = request;
    const pool = poolFor(request.url.origin, { connectMs, isFreshConnection, destinations: rules });
    let leave: () => void = () => undefined;
    try {
      const reply = await new Promise<RawReply>((resolve, reject) => {
        const exchange = new Exchange(request, clock, { resolve, reject });
        leave = () => exchange.end(new TransportFault("aborted", exchange.wasSent, { cause: signal.reason }));
        signal.addEventListener("abort", leave, { once: true });
        pool.dispatch(
          {
            method: request.method as Dispatcher.HttpMethod,
            path: request.url.pathname + request.url.search,
            headers: { ...request.headers },
            body: request.body,
          },
          exchange,
        );
      });
      return {
        status: reply.status,
        mediaType: single(reply.headers, "content-type")?.split(";")[0]?.trim().toLowerCase() || null,
        retryAfter: single(reply.headers, "retry-after"),
        body: await decoded(reply.raw, reply.headers, request.budget.maxBodyBytes),
      };
    } finally {
      signal.removeEventListener("abort", leave);
    }
  };
}
