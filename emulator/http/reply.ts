import { vendorTimestamp } from "../time/instant";
import type { Instant } from "../time/clock";
import { type ApiProblem, problemDocument } from "./problem";

/** What goes back over the wire. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const json = "application/json; charset=utf-8";
const problemJson = "application/problem+json; charset=utf-8";

function answer(
  status: number,
  contentType: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return { status, headers: { "content-type": contentType, ...headers }, body: Buffer.from(body) };
}

/** The success envelope. */
export function envelope(status: number, data: unknown, requestId: string, now: Instant): Answer {
  if (status === 204) return { status, headers: {}, body: Buffer.alloc(0) };
  return answer(status, json, JSON.stringify({ data, meta: { requestId, timestamp: vendorTimestamp(now) } }));
}

/** @param status the HTTP status, where it is to differ from the code's own */
export function problemAnswer(
  problem: ApiProblem,
  place: { instance: string; requestId: string; now: Instant },
  status = problem.status,
): Answer {
  const document = problemDocument(
    problem,
    { instance: place.instance, requestId: place.requestId, timestamp: vendorTimestamp(place.now) },
    status,
  );
  return answer(status, problemJson, JSON.stringify(document), problem.extras.headers);
}

/** What a gateway in front of the service answers. */
export function htmlAnswer(status: number): Answer {
  const page = `<!DOCTYPE html>\n<html><head><title>${status} Bad Gateway</title></head><body><center><h1>${status} Bad Gateway</h1></center><hr><center>Microsoft-Azure-Application-Gateway/v2</center></body></html>\n`;
  return answer(status, "text/html", page);
}

export function plainJson(status: number, value: unknown): Answer {
  return answer(status, json, JSON.stringify(value));
}

/** Request ids in the form of the vendor's web server: a connection id and a counter. */
export class RequestIds {
  #count = 0;

  next(): string {
    this.#count += 1;
    const connection = Math.floor(this.#count / 16)
      .toString(32)
      .toUpperCase()
      .padStart(6, "0");
    return `0HNLBAG${connection}:${(this.#count % 0xffff_ffff).toString(16).toUpperCase().padStart(8, "0")}`;
  }
}
