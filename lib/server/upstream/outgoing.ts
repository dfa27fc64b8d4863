import { buildPath, buildQuery } from "@/lib/contract/address";
import { Failure } from "@/lib/errors";
import type { UpstreamConnection } from "@/lib/server/connection/connection";
import manifest from "@/package.json";
import type { Budget } from "./policy";
import type { OutgoingRequest } from "./transport";
import type { Called } from "./verdict";

/** Input of a call as plain values; the typed face is `callUpstream`. */
export interface CallValues {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

function baseOf(connection: UpstreamConnection): URL {
  const base = URL.canParse(connection.baseUrl) ? new URL(connection.baseUrl) : null;
  const isUsable =
    base && /^https?:$/.test(base.protocol) && !base.username && !base.password && !base.search && !base.hash;
  if (!isUsable)
    throw new Failure("NO_CONNECTION", {
      detail: "The address in this organisation's connection is not usable.",
    });
  return base;
}

/**
 * The address of a call: base + the operation's own template + encoded parameters. What the URL parser made of it is
 * compared with what was meant: it removes dot segments, turns backslashes and can leave the host.
 * Throws `INVALID_PATH`, with nothing sent.
 */
export function upstreamAddress(
  connection: UpstreamConnection,
  template: string,
  params: CallValues["params"],
  query: CallValues["query"],
): URL {
  const base = baseOf(connection);
  const path = base.pathname.replace(/\/+$/, "") + pathOf(template, params);
  const search = buildQuery({ ...query }).replace(/^\?/, "");
  const url = new URL(`${base.origin}${path}${search === "" ? "" : `?${search}`}`);
  const isAsMeant =
    url.origin === base.origin &&
    url.pathname === path &&
    url.search === (search === "" ? "" : `?${search}`) &&
    !url.username &&
    !url.password &&
    !url.hash;
  if (!isAsMeant) throw new Failure("INVALID_PATH");
  return url;
}

function pathOf(template: string, params: CallValues["params"]): string {
  try {
    return buildPath(template, { ...params });
  } catch (error) {
    throw new Failure("INVALID_PATH", {}, { cause: error });
  }
}

/** The value of the `authorization` header. Made at the last moment and kept nowhere. */
export function basicPair(connection: UpstreamConnection): string {
  const pair = `${connection.clientId}:${connection.clientSecret.reveal()}`;
  return `Basic ${Buffer.from(pair, "utf8").toString("base64")}`;
}

/** Everything of a request but its credential, which is added per attempt. These are all the headers that ever go out. */
export function outgoingRequest(
  connection: UpstreamConnection,
  called: Called,
  values: CallValues,
  options: { budget: Budget; requestId: string },
): OutgoingRequest {
  const { operation } = called;
  const hasBody = operation.body !== null && values.body !== undefined && values.body !== null;
  return {
    method: operation.method,
    url: upstreamAddress(connection, operation.path, values.params, values.query),
    headers: {
      accept: "application/json",
      "accept-encoding": "gzip",
      "user-agent": `Watchfloor/${manifest.version}`,
      "x-request-id": options.requestId,
      ...(hasBody && { "content-type": "application/json" }),
    },
    body: hasBody ? JSON.stringify(values.body) : null,
    budget: options.budget,
    isFreshConnection: operation.kind === "mutation",
  };
}
