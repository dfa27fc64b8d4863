import { BlockList, isIP } from "node:net";

/*
 * Addresses that no service on the internet has: this machine, private and shared networks, link-local (where clouds keep their metadata),
 * documentation, multicast, and the IPv6 forms that carry an IPv4 address inside (mapped, NAT64, 6to4, Teredo).
 * Source: IANA special-purpose address registries.
 */
const special = new BlockList();
for (const [network, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const)
  special.addSubnet(network, bits, "ipv4");
for (const [network, bits] of [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const)
  special.addSubnet(network, bits, "ipv6");

/** Of IPv6 only this part has been given out to the internet. */
const unicast = new BlockList();
unicast.addSubnet("2000::", 3, "ipv6");

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** What an IP address leads to; `public` is the only kind that a name may stand for. Anything that is no address is `special`. */
export function addressKind(ip: string): "public" | "loopback" | "special" {
  const family = isIP(ip);
  if (family === 0 || ip.includes("%")) return "special";
  const kind = family === 4 ? "ipv4" : "ipv6";
  // A mapped IPv4 address would be checked as the one inside; no honest resolver gives one.
  if (kind === "ipv6" && /^(0*:)*:?ffff:/i.test(ip)) return "special";
  if (loopback.check(ip, kind)) return "loopback";
  if (special.check(ip, kind)) return "special";
  return kind === "ipv4" || unicast.check(ip, "ipv6") ? "public" : "special";
}
