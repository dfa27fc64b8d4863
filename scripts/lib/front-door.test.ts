import { hostname } from "node:os";
import { describe, expect, test } from "vitest";
import { callerOf, describeListenFault, isPlainTarget, readHost, readPort } from "./front-door.mjs";

describe("the front door lets in only addresses that mean the same to everybody behind it", () => {
  test.each([
    "/",
    "/main/incidents?open=a%2Fb&x=..",
    "/api/main/v2/gamebooks/rules/100%25%20of%20..%20it",
    "/api/main/v2/workspaces/a%2f..%2fb",
    "/a..b/.well-known/...",
    "/_next/static/chunks/[org]-1.js",
  ])("%s", (target) => {
    expect(isPlainTarget(target)).toBe(true);
  });

  test.each([
    "/api/main/v2/workspaces/%/incidents",
    "/a/%zz",
    "/a/%c0%ae",
    "/a/../b",
    "/a/./b",
    "/a/..",
    "/a/%2e%2e/b",
    "/a/%2E./b",
    "/a/.%2e",
    "/a\\b",
    "/a/..;x=1/b",
    "//evil.example/a",
    "http://evil.example/a",
    "*",
    "",
  ])("not %s", (target) => {
    expect(isPlainTarget(target)).toBe(false);
  });
});

describe("the front door", () => {
  test.each([
    [undefined, 3000],
    ["", 3000],
    [" ", 3000],
    ["8080", 8080],
    ["65535", 65535],
  ])("PORT %s means %i", (text, port) => {
    expect(readPort(text)).toBe(port);
  });

  test.each(["0", "65536", "70000", "3000.5", "abc", "-1", "1e9"])("PORT %s is refused by name", (text) => {
    expect(() => readPort(text)).toThrow(/PORT must be/);
  });

  test("listens on loopback unless told otherwise; the machine's own name is nobody's wish", () => {
    expect(readHost(undefined)).toBe("127.0.0.1");
    expect(readHost(" ")).toBe("127.0.0.1");
    expect(readHost(hostname())).toBe("127.0.0.1");
    expect(readHost("0.0.0.0")).toBe("0.0.0.0");
  });

  test.each([
    ["203.0.113.7", undefined, "203.0.113.7"],
    ["203.0.113.7", "198.51.100.1", "203.0.113.7"],
    ["127.0.0.1", undefined, "127.0.0.1"],
    ["127.0.0.1", "198.51.100.1", "198.51.100.1"],
    ["::ffff:127.0.0.1", "198.51.100.1", "198.51.100.1"],
    ["::1", "6.6.6.6, 198.51.100.1", "198.51.100.1"],
    ["::1", "198.51.100.1, nonsense", "::1"],
    ["::1", "2001:db8::1", "2001:db8::1"],
    ["::1", ["6.6.6.6", "198.51.100.1"], "198.51.100.1"],
    [undefined, "198.51.100.1", ""],
  ])("SEC-14: a connection from %s that says %s is %s", (remote, forwarded, expected) => {
    expect(callerOf(remote, forwarded)).toBe(expected);
  });

  test("a port that cannot be had is a sentence", () => {
    expect(describeListenFault({ code: "EADDRINUSE" }, 3000, "127.0.0.1")).toMatch(/^Port 3000 is taken;/);
    expect(describeListenFault({ code: "EACCES" }, 80, "127.0.0.1")).toMatch(/^Port 80 may not be used/);
    expect(describeListenFault({ code: "EADDRNOTAVAIL" }, 3000, "10.9.9.9")).toMatch(
      /10\.9\.9\.9 \(HOSTNAME\).*EADDRNOTAVAIL/,
    );
  });
});
