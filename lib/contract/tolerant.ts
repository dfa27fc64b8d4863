import { instant, isPlain, text } from "./readers";
import { Reading, type ReadingReport, Unreadable } from "./reading";
import type { Operation, ReplyOf } from "./operation";

/** The reply is no envelope, or its data lack what cannot be done without. Holds no values of the reply. */
export class UnreadableReply extends Error {
  /** Where it went wrong, as `data.incident`; empty when the whole reply is no envelope. */
  readonly path: string;

  constructor(reason: string, path = "") {
    super(path === "" ? reason : `${path}: ${reason}`);
    this.name = "UnreadableReply";
    this.path = path;
  }
}

export interface ParsedReply<T> {
  readonly data: T;
  readonly meta: { readonly requestId: string | null; readonly timestamp: string | null };
  readonly report: ReadingReport;
}

const envelopeKeys = new Set(["data", "meta", "pagination"]);

/** `data` of the envelope. A server that leaves nulls out sends `meta` alone; that counts as `data: null`. */
function open(operation: Operation, json: unknown): { data: unknown; meta: unknown; extra: string[] } {
  if (json === undefined || json === null || json === "") {
    if (operation.kind === "mutation") return { data: null, meta: null, extra: [] };
    throw new UnreadableReply("the reply is empty");
  }
  if (!isPlain(json)) throw new UnreadableReply("the reply is no object");
  if (!Object.hasOwn(json, "data") && !isPlain(json.meta))
    throw new UnreadableReply("the reply is no envelope");
  return {
    data: json.data ?? null,
    meta: json.meta,
    extra: Object.keys(json)
      .filter((key) => !envelopeKeys.has(key))
      .map((key) => key.slice(0, 100)),
  };
}

/**
 * Reads a successful reply of an operation: `{ data, meta }`, tolerant in, exact out.
 * @param json the parsed body; `undefined` for an empty one, which a mutation may answer (204)
 * @param call path parameters of the call. Where a reply to a call inside one workspace does not repeat the workspace
 *   or source, these stand in; without them such a reply is unreadable.
 * @throws UnreadableReply when it is no envelope or lacks the required form. Nothing else, whatever is sent.
 */
export function parseReply<O extends Operation>(
  operation: O,
  json: unknown,
  call?: Readonly<Record<string, string>>,
): ParsedReply<ReplyOf<O>> {
  const envelope = open(operation, json);
  const reading = new Reading(call);
  const aside = new Reading();
  const meta = isPlain(envelope.meta) ? envelope.meta : {};
  try {
    const data = operation.reply.read(envelope.data, reading);
    const report = reading.report();
    return {
      // `reply()` made schema and reader from the same function, so the reader's result is the schema's output.
      data: data as ReplyOf<O>,
      meta: { requestId: text(meta.requestId, aside), timestamp: instant(meta.timestamp, aside) },
      report: {
        ...report,
        unknownKeys: [...envelope.extra.slice(0, 50), ...report.unknownKeys].slice(0, 50),
      },
    };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    throw new UnreadableReply(error.message, reading.where(true));
  }
}
