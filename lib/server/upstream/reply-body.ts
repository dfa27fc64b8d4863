import { plainText } from "./plain-text";
import type { IncomingReply } from "./transport";

export type JsonBody =
  | { readonly isJson: true; readonly json: unknown }
  /** `what` completes the sentence "ContraForce answered with status 502, but …". */
  | { readonly isJson: false; readonly what: string };

/**
 * The body as JSON; `undefined` for an empty one. The media type is not relied on: what parses is JSON, what does not is
 * described by its type, because a gateway's HTML page under a JSON type is as useless as under its own.
 */
export function readJsonBody(reply: IncomingReply): JsonBody {
  const text = reply.body.toString("utf8").replace(/^\uFEFF/, "");
  if (text.trim() === "") return { isJson: true, json: undefined };
  try {
    return { isJson: true, json: JSON.parse(text) };
  } catch {
    const isJsonType = reply.mediaType === null || /[/+]json$/.test(reply.mediaType);
    const type = plainText(reply.mediaType, 60) ?? "something";
    return {
      isJson: false,
      what: isJsonType ? "what it sent is no complete JSON" : `with ${type} where JSON was expected`,
    };
  }
}
