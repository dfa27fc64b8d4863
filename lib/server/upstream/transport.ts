import type { Budget } from "./policy";

/** One request as it goes out. The address is already checked, the headers are already ours alone. */
export interface OutgoingRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly budget: Budget;
  /**
   * True for changes: they get a connection of their own. A kept connection may be closed by the other side at the very
   * moment it is used; a read is simply sent again then, a change would be left with an unknown outcome.
   */
  readonly isFreshConnection: boolean;
}

/** One reply as it came in, decompressed. Of the headers only what is used. */
export interface IncomingReply {
  readonly status: number;
  /** Media type in lower case without parameters; null when there is none. */
  readonly mediaType: string | null;
  readonly retryAfter: string | null;
  readonly body: Buffer;
}

export type FaultKind =
  /** No connection: refused, unknown name, TLS, connect time-out. */
  | "unreachable"
  /** The connection broke after the request was on its way. */
  | "cut"
  /** No status line, or silence in the body, for too long. */
  | "timeout"
  /** More than the cap, counted after decompression. */
  | "too-large"
  /** Bytes that are no valid HTTP or no valid compression. */
  | "garbled"
  /** Given up from our side through the signal; its reason is the `cause`. */
  | "aborted";

/** Why an attempt brought no reply. Carries no address, no header and no byte of the body. */
export class TransportFault extends Error {
  readonly kind: FaultKind;
  /** Whether upstream may have received the request: decides between "nothing happened" and "unknown". */
  readonly wasSent: boolean;

  constructor(kind: FaultKind, wasSent: boolean, options?: { cause?: unknown }) {
    super(`upstream attempt failed: ${kind}`, options);
    this.name = "TransportFault";
    this.kind = kind;
    this.wasSent = wasSent;
  }
}

/** Sends one request once. Rejects with a `TransportFault` and nothing else. Aborting closes the socket. */
export type Transport = (request: OutgoingRequest, signal: AbortSignal) => Promise<IncomingReply>;
