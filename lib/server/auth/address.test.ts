import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { addressHeader, callerAddress } from "./address";

const of = (text?: string) => callerAddress(new Headers(text === undefined ? {} : { [addressHeader]: text }));

describe("SEC-14: whom the sign-in limits count", () => {
  test.each([
    ["203.0.113.7", "203.0.113.7"],
    ["::ffff:203.0.113.7", "203.0.113.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:DB8:1:2::9", "2001:db8:1:2::/64"],
    ["2001:0db8:0001:0002::1", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["not an address", "unknown"],
    ["203.0.113.7, 10.0.0.1", "unknown"],
    ["", "unknown"],
    [undefined, "unknown"],
  ])("%s is counted as %s", (text, expected) => {
    expect(of(text)).toBe(expected);
  });

  test("the front door writes the header that is read here", () => {
    const code = readFileSync(join(import.meta.dirname, "../../../scripts/lib/front-door.mjs"), "utf8");
    expect(code).toContain(`addressHeader = "${addressHeader}"`);
  });
});
