import "server-only";
import { isIP } from "node:net";
import type { OperationId } from "@/lib/contract";
import { Failure } from "@/lib/errors";
import type { UpstreamConnection } from "@/lib/server/connection/connection";
import { addressKind } from "@/lib/server/upstream/address-kind";
import type { CallValues } from "@/lib/server/upstream/outgoing";

const hostOf = (url: URL) =>
  url.hostname
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "")
    .toLowerCase();

/** This very machine, by name or by address. */
function isHere(url: URL): boolean {
  const host = hostOf(url);
  return host === "localhost" || host.endsWith(".localhost") || addressKind(host) === "loopback";
}

/** A name or address that nothing on the internet can call: literal private addresses, single words, and the endings that are for local use. */
function isPrivate(url: URL): boolean {
  const host = hostOf(url);
  if (isIP(host) !== 0) return addressKind(host) !== "public";
  return !host.includes(".") || /\.(?:localhost|local|internal|intranet|lan|home\.arpa)$/.test(host);
}

/**
 * What is wrong with an address that ContraForce is to deliver to; null when nothing is.
 * @param isUpstreamHere the organisation's ContraForce is on this machine (the emulator): then a receiver here can be reached by it, and plain http stays here
 */
export function targetFault(text: string, isUpstreamHere: boolean): string | null {
  if (!URL.canParse(text))
    return "Enter a whole address, such as https://siem.example.com/hooks/contraforce.";
  const url = new URL(text);
  if (url.username !== "" || url.password !== "")
    return "Take the user name and password out of the address; they go into the credentials.";
  if (url.hash !== "" || text.endsWith("#")) return "Leave out what follows the #; it is never sent.";
  if (isUpstreamHere && isHere(url) && /^https?:$/.test(url.protocol)) return null;
  if (url.protocol !== "https:") return "The address must begin with https://.";
  return isPrivate(url) ? "ContraForce cannot reach this address: it is not on the internet." : null;
}

const isHereAsUpstream = ({ baseUrl }: UpstreamConnection) =>
  URL.canParse(baseUrl) && isHere(new URL(baseUrl));

/**
 * Refuses a webhook whose target must not be, before it is audited or sent: see decision 0011.
 * @throws Failure INVALID_INPUT at the field `url`
 */
export function requireTarget(id: OperationId, { body }: CallValues, connection: UpstreamConnection): void {
  if (id !== "webhooks.create" && id !== "webhooks.update") return;
  const url: unknown = typeof body === "object" && body !== null && "url" in body ? body.url : null;
  if (typeof url !== "string") return;
  const fault = targetFault(url, isHereAsUpstream(connection));
  if (fault !== null) throw new Failure("INVALID_INPUT", { errors: { url: [fault] } });
}
