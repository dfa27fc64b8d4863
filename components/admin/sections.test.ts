import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { routes } from "@/lib/routes";
import { adminSections } from "./sections";

describe("the administration's links", () => {
  it("each leads below the administration, to a page that exists, and no two to the same", () => {
    const addresses = adminSections.map(({ href }) => href("main"));
    expect(new Set(addresses).size).toBe(addresses.length);
    for (const address of addresses) {
      expect(address.startsWith(`${routes.admin("main")}/`)).toBe(true);
      expect(existsSync(join("app", address.replace("/main/", "/[org]/"), "page.tsx")), address).toBe(true);
    }
  });
});
