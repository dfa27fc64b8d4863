import "server-only";
import { looksSecret } from "@/lib/contract/secret-names";

/** Addresses often carry a secret in their path or query (chat webhooks do); what matters is where they lead. */
const addressName = /url|uri|endpoint|address|link|destination/i;

const DEEPEST = 6;
const LONGEST_TEXT = 200;
const LONGEST_LIST = 50;

const masked = "[masked]";

function hostOf(text: string): string {
  return URL.canParse(text) ? new URL(text).origin : masked;
}

function maskMember(name: string, value: unknown, depth: number): unknown {
  if (value === null || typeof value === "boolean") return value;
  if (looksSecret(name)) return masked;
  if (addressName.test(name) && typeof value === "string") return hostOf(value);
  return mask(value, depth);
}

/**
 * An input as the audit may keep it: secrets masked by the name of their member, addresses cut to their origin, everything
 * bounded. Takes JSON values.
 */
export function mask(value: unknown, depth = 0): unknown {
  if (typeof value === "string")
    return value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}…` : value;
  if (typeof value !== "object" || value === null) return value ?? null;
  if (depth >= DEEPEST) return masked;
  if (Array.isArray(value)) return value.slice(0, LONGEST_LIST).map((item) => mask(item, depth + 1));
  const members = Object.entries(value)
    .slice(0, LONGEST_LIST)
    .map(([name, member]) => [name, maskMember(name, member, depth + 1)] as const);
  return Object.fromEntries(members);
}
