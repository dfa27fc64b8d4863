import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addressKind } from "./address-kind";
import { systemClock } from "./clock";
import { type Destinations, destinationsOf, parseHostRule } from "./destinations";
import { closePools } from "./pools";
import { type OutgoingRequest, TransportFault } from "./transport";
import { undiciTransport } from "./undici-transport";

let server: Server;
let port = 0;
let connections = 0;
beforeAll(async () => {
  server = createServer((_request, response) => response.end("{}"));
  server.on("connection", () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ({ port } = server.address() as AddressInfo);
});
afterAll(async () => {
  await closePools();
  await new Promise((resolve) => server.close(resolve));
});

const rulesOf = (...texts: string[]) => texts.map((text) => parseHostRule(text)!);

/** A resolver that gives one answer after the other, the last one for ever. */
function resolver(...answers: readonly (readonly string[])[]) {
  let asked = 0;
  const dns = (_name: string, _options: unknown, done: (error: null, found: object[]) => void) => {
    const found = answers[Math.min(asked++, answers.length - 1)] ?? [];
    done(
      null,
      found.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    );
  };
  return dns as unknown as Parameters<typeof destinationsOf>[1];
}

async function send(address: string, destinations: Destinations): Promise<string> {
  const request: OutgoingRequest = {
    method: "GET",
    url: new URL(address),
    headers: { authorization: "Basic canary" },
    body: null,
    budget: { totalMs: 5_000, headersMs: 5_000, idleBodyMs: 5_000, maxBodyBytes: 1_000 },
    isFreshConnection: true,
  };
  try {
    await undiciTransport(systemClock, 1_000, () => destinations)(request, new AbortController().signal);
    return "sent";
  } catch (error) {
    if (!(error instanceof TransportFault)) throw error;
    const { cause } = error;
    return cause instanceof Error && "code" in cause ? String(cause.code) : error.kind;
  }
}

/** Spellings of addresses that are not on the internet, one a line as an address bar takes them. */
const inside = [
  ..."127.0.0.1 127.1 127.0.1 2130706433 0x7f000001 0x7f.1 0177.0.0.1 017700000001 127.255.255.254 0 0.0.0.0".split(
    " ",
  ),
  ..."10.0.0.1 10.255.255.255 0xa.0.0.1 167772161 172.16.0.1 172.31.255.254 192.168.0.1 192.168.65535 3232235521".split(
    " ",
  ),
  ..."100.64.0.1 100.127.255.254 169.254.169.254 0xa9fea9fe 2852039166 169.254.1.1 0251.0376.0251.0376".split(
    " ",
  ),
  ..."192.0.0.8 192.0.2.1 198.18.0.1 198.19.255.254 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.255 255.255.255.255".split(
    " ",
  ),
  ..."[::1] [::] [::ffff:127.0.0.1] [::ffff:7f00:1] [::ffff:169.254.169.254] [::ffff:a9fe:a9fe] [0:0:0:0:0:ffff:a00:1]".split(
    " ",
  ),
  ..."[64:ff9b::7f00:1] [64:ff9b::a9fe:a9fe] [64:ff9b:1::1] [2002:7f00:1::] [2002:a9fe:a9fe::1] [2001::1] [2001:0:7f00:1::]".split(
    " ",
  ),
  ..."[fe80::1] [febf::1] [fc00::1] [fd00:ec2::254] [ff02::1] [2001:db8::1] [100::1] [3fff::1] [::7f00:1] [5f00::1]".split(
    " ",
  ),
  ..."localhost localhost. LOCALHOST ip6-localhost metadata.google.internal metadata 169.254.169.254. ①②⑦.0.0.1 127。0。0。1".split(
    " ",
  ),
];

describe("HOOK-10: nobody points a base URL at internal hosts", () => {
  const usual = destinationsOf(rulesOf("*.contraforce.com"));

  test.each(inside)("https://%s is refused by the host list, and nothing is connected", async (host) => {
    const before = connections;
    expect(await send(`https://${host}:${port}/api`, usual)).toBe("HOST_NOT_ALLOWED");
    expect(connections).toBe(before);
  });

  const literals = inside
    .filter((host) => URL.canParse(`https://${host}/`))
    .flatMap((host) => {
      const { hostname } = new URL(`https://${host}/`);
      const bare = hostname.replace(/^\[|\]$/g, "");
      return /^[\d.]+$/.test(bare) || bare.includes(":") ? [bare.replace(/\.$/, "")] : [];
    });

  test.each([...new Set(literals)])(
    "an allowed name that stands for %s is refused, and nothing is connected",
    async (ip) => {
      const before = connections;
      const bent = destinationsOf(rulesOf("portal.contraforce.com"), resolver([ip]));
      expect(await send(`https://portal.contraforce.com:${port}/api`, bent)).toBe("ADDRESS_NOT_ALLOWED");
      expect(connections).toBe(before);
    },
  );

  test.each([
    "8.8.8.8",
    "1.1.1.1",
    "172.15.255.255",
    "172.32.0.1",
    "100.63.255.255",
    "100.128.0.1",
    "2606:4700::1111",
    "2a00:1450:4001::1",
  ])("%s is on the internet", (ip) => {
    expect(addressKind(ip)).toBe("public");
  });

  test.each([
    ["another host that begins alike", "https://portal.contraforce.com.evil.example/api"],
    ["a host that ends alike", "https://evilcontraforce.com/api"],
    ["the domain itself under a star", "https://contraforce.com/api"],
  ])("%s is refused", (_, address) => {
    expect(() => usual.check(new URL(address))).toThrow("HOST_NOT_ALLOWED");
  });

  test("http is refused for everything but this machine", () => {
    expect(() => usual.check(new URL("http://portal.contraforce.com/api"))).toThrow("SCHEME_NOT_ALLOWED");
    expect(() => destinationsOf(rulesOf("10.1.2.3")).check(new URL("http://10.1.2.3/"))).toThrow(
      "SCHEME_NOT_ALLOWED",
    );
  });

  test("a second answer of the resolver is never used: each connection goes to an address of the answer that was checked", async () => {
    const before = connections;
    const rebinding = destinationsOf(
      rulesOf("portal.contraforce.com"),
      resolver(["192.0.2.1"], ["127.0.0.1"]),
    );
    expect(await send(`https://portal.contraforce.com:${port}/a`, rebinding)).toBe("ADDRESS_NOT_ALLOWED");
    expect(await send(`https://portal.contraforce.com:${port}/b`, rebinding)).toBe("ADDRESS_NOT_ALLOWED");
    expect(connections).toBe(before);
  });

  test("of several addresses only those on the internet are handed on", () => {
    const mixed = destinationsOf(rulesOf("a.contraforce.com"), resolver(["10.0.0.1", "8.8.8.8", "::1"]));
    let given: unknown;
    mixed.lookup("a.contraforce.com", { all: true }, (_error, found) => (given = found));
    expect(given).toEqual([{ address: "8.8.8.8", family: 4 }]);
  });

  test("this machine is called where the list names it, with its port when it names one", async () => {
    const own = (...texts: string[]) => destinationsOf(rulesOf(...texts));
    expect(await send(`http://127.0.0.1:${port}/`, own("127.0.0.1"))).toBe("sent");
    expect(await send(`http://127.0.0.1:${port}/`, own(`127.0.0.1:${port}`))).toBe("sent");
    expect(await send(`http://localhost:${port}/`, own("localhost"))).toBe("sent");
    expect(await send(`http://127.0.0.1:${port}/`, own(`127.0.0.1:${port === 1 ? 2 : 1}`))).toBe(
      "HOST_NOT_ALLOWED",
    );
  });

  test("where clouds keep their keys is refused even when the list names it", () => {
    for (const host of ["169.254.169.254", "[fe80::1]", "[::ffff:169.254.169.254]"])
      expect(() => destinationsOf(rulesOf(host)).check(new URL(`https://${host}/`))).toThrow(
        "ADDRESS_NOT_ALLOWED",
      );
  });

  test.each([
    "*",
    "*.com",
    "*.localhost",
    "*.1.2.3.4",
    "https://a.example",
    "a.example/x",
    "a b",
    "user@a.example",
    "a.example:x",
    "",
  ])("the entry %j is no host", (text) => {
    expect(parseHostRule(text)).toBeNull();
  });
});
