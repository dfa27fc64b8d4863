import { lookup as resolve, type LookupAddress } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { addressKind } from "./address-kind";

/** One entry of CONTRAFORCE_HOSTS. */
export interface HostRule {
  /** Lower case; for `*.example.com` the part behind the star's dot. */
  readonly host: string;
  /** True for `*.example.com`: every host below it, not the name itself. */
  readonly isBelow: boolean;
  /** Null: any port. */
  readonly port: string | null;
}

const reasons = {
  HOST_NOT_ALLOWED:
    "This server may not call that host. Whoever runs Watchfloor can add it to CONTRAFORCE_HOSTS.",
  SCHEME_NOT_ALLOWED: "The address must begin with https://.",
  ADDRESS_NOT_ALLOWED: "The host's name leads to a private address, which is not called.",
} as const;

/** Why an address may not be called. Safe to log; holds no part of the address. */
export class DestinationError extends Error {
  readonly code: keyof typeof reasons;

  constructor(code: DestinationError["code"]) {
    super(`destination refused: ${code}`);
    this.name = "DestinationError";
    this.code = code;
  }

  /** The same for people. */
  get sentence(): string {
    return reasons[this.code];
  }
}

/** An entry such as `portal.contraforce.com`, `*.contraforce.com`, `127.0.0.1:4010`, `[::1]`; null when it is none. */
export function parseHostRule(text: string): HostRule | null {
  const match = /^(\*\.)?(\[[\da-f:.]+\]|[a-z\d.-]+)(?::(\d{1,5}))?$/i.exec(text.trim());
  const name = match?.[2]?.toLowerCase();
  if (!match || !name) return null;
  // The parser brings every spelling of an address to one form, as it will do with the base URL.
  const url = `https://${name}/`;
  if (!URL.canParse(url)) return null;
  const host = new URL(url).hostname;
  const isBelow = match[1] !== undefined;
  // `*.com` would allow half the world, `*.1.2.3.4` means nothing.
  if (isBelow && (!host.includes(".") || isIP(host) !== 0)) return null;
  return { host, isBelow, port: match[3] ?? null };
}

const portOf = (url: URL) => url.port || (url.protocol === "https:" ? "443" : "80");
const bare = (hostname: string) => hostname.replace(/^\[|\]$/g, "");

function names(rule: HostRule, url: URL): boolean {
  const hostname = url.hostname.replace(/\.$/, "");
  const isHost = rule.isBelow ? hostname.endsWith(`.${rule.host}`) : hostname === rule.host;
  return isHost && (rule.port === null || rule.port === portOf(url));
}

/** Where credentials may be sent at all. */
export interface Destinations {
  /** Tells two sets of rules apart; connections that one opened are not used under another. */
  readonly id: string;
  /**
   * Checks everything about an address that can be known without asking for its name.
   * @throws DestinationError
   */
  check(url: URL): void;
  /** Resolves a name to addresses that have been checked; the connection goes to one of these and to no second answer. */
  readonly lookup: LookupFunction;
}

/**
 * The rules of a host list. Only https leaves this machine, only hosts of the list are called, and a name never stands for an address that is
 * not on the internet. This machine itself is allowed where the list names it (`localhost`, `127.0.0.1`, `[::1]`), for the emulator;
 * another private address where the list names that very address. Link-local ones never are.
 * @param dns for tests; the system's resolver otherwise
 */
export function destinationsOf(rules: readonly HostRule[], dns: typeof resolve = resolve): Destinations {
  const isNamed = (url: URL) => rules.some((rule) => names(rule, url));
  const mayBeLoopback = (hostname: string) =>
    hostname === "localhost" && rules.some((rule) => !rule.isBelow && rule.host === "localhost");
  const isGood = (hostname: string, ip: string) => {
    const kind = addressKind(ip);
    return kind === "public" || (kind === "loopback" && mayBeLoopback(hostname));
  };
  return {
    id: JSON.stringify(rules),
    check(url) {
      if (!isNamed(url)) throw new DestinationError("HOST_NOT_ALLOWED");
      const literal = bare(url.hostname);
      const isLiteral = isIP(literal) !== 0;
      const isHere = url.hostname === "localhost" || (isLiteral && addressKind(literal) === "loopback");
      if (url.protocol !== "https:" && !(url.protocol === "http:" && isHere))
        throw new DestinationError("SCHEME_NOT_ALLOWED");
      // An address that stands in the list is the operator's word for it, but for the one where clouds keep their keys.
      if (isLiteral && /^(169\.254\.|fe[89ab]|::ffff:)/i.test(literal))
        throw new DestinationError("ADDRESS_NOT_ALLOWED");
    },
    lookup(hostname, options, callback) {
      dns(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
        if (error) return callback(error, "", 0);
        const good = found.filter(({ address }) => isGood(hostname.replace(/\.$/, ""), address));
        const [first] = good;
        if (!first) return callback(new DestinationError("ADDRESS_NOT_ALLOWED"), "", 0);
        if (options.all) callback(null, good);
        else callback(null, first.address, first.family);
      });
    },
  };
}
