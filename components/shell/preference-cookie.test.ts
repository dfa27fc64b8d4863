import { expect, test } from "vitest";
import { preferenceLine } from "./preference-cookie";

test("SEC-08: on https the choices of a device have the prefix, and what browsers demand with it", () => {
  const line = preferenceLine("zone", "local", true);
  expect(line).toMatch(/^__Host-zone=local; Path=\/; /);
  expect(line).toMatch(/; Secure$/);
  expect(line).toContain("; SameSite=Lax");
  expect(line).not.toMatch(/domain/i);
});

test("on plain http, which is loopback, the names stand bare, because browsers refuse the prefix there", () => {
  expect(preferenceLine("theme", "light", false)).toMatch(/^theme=light; (?!.*Secure)/);
});
