import "server-only";
import { env } from "@/lib/server/env";
import { type Destinations, destinationsOf, type HostRule, parseHostRule } from "./destinations";

let allowed: Destinations | null = null;

/** The host of the address that the operator seeded counts as listed. */
function seededHost(): readonly HostRule[] {
  const { upstream } = env();
  const rule = upstream && parseHostRule(new URL(upstream.baseUrl).host);
  return rule ? [rule] : [];
}

/** Where this deployment may send credentials: CONTRAFORCE_HOSTS, and the host of CONTRAFORCE_BASE_URL. */
export function allowedDestinations(): Destinations {
  allowed ??= destinationsOf([...env().upstreamHosts, ...seededHost()]);
  return allowed;
}
