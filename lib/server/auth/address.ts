import "server-only";
import { isIP } from "node:net";

/**
 * Header in which `scripts/start.mjs` hands on who is at the other end of the connection. It overwrites whatever the caller sent
 * under this name, so a caller cannot choose it.
 */
export const addressHeader = "x-watchfloor-address";

/** The half of an IPv6 address that names a network: one subscriber holds all addresses below it. */
function networkOf(address: string): string {
  const [head = "", tail] = address.toLowerCase().split("::");
  const groups = head === "" ? [] : head.split(":");
  const rest = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros =
    tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - groups.length - rest.length) }, () => "0");
  const network = [...groups, ...zeros, ...rest]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(":")}::/64`;
}

/**
 * What sign-in limits count by: an IPv4 address, or the /64 network of an IPv6 one. "unknown" where the front door names nobody (the
 * development server), which then is one caller for all.
 */
export function callerAddress(headers: Headers): string {
  const text = headers.get(addressHeader)?.trim().replace(/%.*$/, "") ?? "";
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(text)?.[1] ?? text;
  const kind = isIP(mapped);
  if (kind === 4) return mapped;
  return kind === 6 ? networkOf(mapped) : "unknown";
}
