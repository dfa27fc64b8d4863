import { isIP } from "node:net";
import { hostname } from "node:os";

/** Header in which the app learns who is at the other end; `lib/server/auth/address.ts` reads it. */
export const addressHeader = "x-watchfloor-address";

/** The port to listen on. Throws with a sentence when PORT is none. */
export function readPort(text) {
  const port = text === undefined || text.trim() === "" ? 3000 : Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new Error(`PORT must be a whole number from 1 to 65535, not "${text}".`);
}

/**
 * The address to listen on: loopback unless HOSTNAME says otherwise. Shells and containers set HOSTNAME to the machine's own name by
 * themselves; that is nobody's wish, so it is passed over.
 */
export function readHost(text) {
  const host = text?.trim() ?? "";
  return host === "" || host === hostname() ? "127.0.0.1" : host;
}

function isLoopback(address) {
  return address === "::1" || /^(::ffff:)?127\./.test(address);
}

/**
 * Who is asking. A connection from this machine may be a reverse proxy, which appends its own caller to X-Forwarded-For: the last entry is
 * then the one that it saw itself; those before it are the caller's own words. From elsewhere the header is not believed.
 */
export function callerOf(remoteAddress, forwardedFor) {
  const remote = remoteAddress ?? "";
  const last =
    (Array.isArray(forwardedFor) ? forwardedFor.join(",") : (forwardedFor ?? "")).split(",").at(-1)?.trim() ??
    "";
  return isLoopback(remote) && isIP(last) !== 0 ? last : remote;
}

/** What a failed `listen` means for the operator. */
export function describeListenFault(error, port, host) {
  if (error.code === "EADDRINUSE") return `Port ${port} is taken; free it, or set PORT to another.`;
  if (error.code === "EACCES")
    return `Port ${port} may not be used by this user; set PORT to one above 1023.`;
  return `Watchfloor cannot listen on ${host} (HOSTNAME), port ${port} (${error.code}).`;
}

function decoded(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}

/**
 * Whether a request target reads the same to everybody behind this door. Next resolves dot segments, encoded ones too, before any handler sees
 * the address, and answers a malformed percent-encoding with a bare 500; such targets are refused before they reach it.
 * Only the path counts: a query may hold anything.
 */
export function isPlainTarget(target) {
  const path = (target ?? "").split("?", 1)[0];
  if (!path.startsWith("/") || path.startsWith("//") || path.includes("\\")) return false;
  return path.split("/").every((segment) => {
    const text = decoded(segment);
    return text !== null && !/^\.{1,2}(;|$)/.test(text);
  });
}
