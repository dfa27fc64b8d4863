import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

/** Where links and calls are made. lib/routes.ts is the one home of addresses inside Watchfloor. */
const folders = ["app", "components", "lib/client", "lib/queries"];
const allowed = [
  // next-auth's own addresses, which it fixes.
  /"\/api\/auth\/(?:csrf|signout|callback\/credentials|signin\/[^"]+)"/,
];

function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (/\.tsx?$/.test(path) && !/\.test\.tsx?$|\/testing\//.test(path)) yield path;
  }
}

/** An address put together by hand: as a link, as a step of the router, as a call, or as text that starts like one. */
const byHand =
  /(?:href=|href: |push\(|replace\(|redirect\(|fetch\(|assign\()\{?\s*["'`]\/(?!\/)|["'`]\/(?:api|\$\{[^}]*\b(?:org|slug)\b)/;

function handWritten(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => !line.startsWith("*") && !line.startsWith("//") && !line.startsWith("/*"))
    .filter((line) => byHand.test(line) && !allowed.some((pattern) => pattern.test(line)));
}

describe("addresses inside Watchfloor come from lib/routes.ts", () => {
  it.each([
    '<Link href="/main/incidents">',
    "<Link href={`/${org}/gamebooks`}>",
    "router.push(`/${slug}/webhooks`)",
    'redirect("/sign-in")',
    'await fetch("/api/setup")',
    "const address = `/${organisation.slug}/incidents`;",
  ])("finds %s", (line) => expect(handWritten(line)).toHaveLength(1));

  it.each(['<a href="#page">', "router.push(routes.incidents(org))", 'const path = "/";', "// see /api/x"])(
    "leaves %s",
    (line) => expect(handWritten(line)).toEqual([]),
  );

  it("none is written by hand", () => {
    const found = folders.flatMap((folder) =>
      [...sources(folder)].flatMap((path) =>
        handWritten(readFileSync(path, "utf8")).map((line) => `${path}: ${line}`),
      ),
    );
    expect(found).toEqual([]);
  });

  it("looks at every page", () => expect([...sources("app")].length).toBeGreaterThan(20));
});
