import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { operationIds, registry } from "@/lib/contract";
import { facts } from "@/lib/contract/witness/facts";
import { describe, expect, it } from "vitest";
import { renderAddresses, renderReference } from "./api-reference";

const file = (path: string) => readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), "utf8");

describe("what is generated from the registry is up to date", () => {
  it("docs/api.md", () => {
    expect(file("docs/api.md")).toBe(renderReference());
  });

  it("lib/contract/addresses.gen.ts", () => {
    expect(file("lib/contract/addresses.gen.ts")).toBe(renderAddresses());
  });
});

describe("the reference", () => {
  const reference = renderReference();

  it("has a row for each operation of the vendor's index", () => {
    for (const { method, path } of facts) expect(reference).toContain(`| \`${method}\` | \`${path}\` |`);
    expect(reference.match(/^\| `\w+\.\w+` \| `(?:GET|POST|PUT|DELETE)` \|/gm)).toHaveLength(60);
  });

  it("lists each guessed reply under the guesses", () => {
    const [, guesses = ""] = reference.split("## What is a guess");
    const guessed = operationIds.filter((id) => registry[id].certainty === "guess");
    for (const id of guessed) expect(guesses).toContain(`| \`${id}\` |`);
    expect(guesses).toContain(`### Replies (${guessed.length})`);
  });

  it("says which members are required", () => {
    expect(reference).toContain("query `year tenantId?`");
    expect(reference).toContain("query `query? pageToken?`");
  });

  it("keeps every table row on one line with eleven cells", () => {
    const rows = reference.split("\n").filter((line) => /^\| `\w+\.\w+` \| `[A-Z]+`/.test(line));
    for (const row of rows) expect(row.split(/(?<!\\)\|/)).toHaveLength(13);
  });

  it("keeps the address table free of schemas", () => {
    const imports = renderAddresses().match(/^import .*$/gm) ?? [];
    expect(imports).toHaveLength(2);
    for (const line of imports) expect(line).toMatch(/^import type /);
  });
});
