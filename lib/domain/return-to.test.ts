import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pathOfAddress, safeReturnTo } from "./return-to";

describe("safeReturnTo: sign-in never leads off the site", () => {
  it("keeps a path with its query", () => {
    expect(safeReturnTo("/main/incidents?open=a%2Fb&x=1")).toBe("/main/incidents?open=a%2Fb&x=1");
    expect(safeReturnTo("/")).toBe("/");
  });

  it.each([
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/.//evil.example",
    "/..//evil.example",
    "/x/..//evil.example",
    "https://evil.example/",
    "http:evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "main/incidents",
    "",
    `/${"a".repeat(2001)}`,
    undefined,
    null,
    ["/main/incidents"],
  ])("refuses %j", (value) => {
    expect(safeReturnTo(value)).toBeNull();
  });

  it("refuses what would answer with data or go in a circle", () => {
    for (const path of [
      "/api/main/workspaces",
      "/sign-in",
      "/sign-in?returnTo=%2Fsign-in",
      "/setup",
      "/_next/x",
      "/a/../api/x",
    ])
      expect(safeReturnTo(path)).toBeNull();
    expect(safeReturnTo("/apiary/incidents")).toBe("/apiary/incidents");
  });

  it("whatever is given, a browser at this site stays on it", () => {
    const pieces = fc.array(
      fc.constantFrom(
        "/",
        "\\",
        ".",
        "..",
        ":",
        "@",
        "evil.example",
        "http",
        "\t",
        "?",
        "#",
        "a",
        "%2f",
        ";",
      ),
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        const result = safeReturnTo(parts.join(""));
        if (result !== null)
          expect(new URL(result, "https://soc.example.com").origin).toBe("https://soc.example.com");
      }),
      { numRuns: 5000 },
    );
  });
});

describe("pathOfAddress: next-auth keeps the way back as an absolute address", () => {
  it("keeps the path and drops the host, whatever it was", () => {
    expect(pathOfAddress("https://soc.example.com/main/incidents?x=1")).toBe("/main/incidents?x=1");
    expect(pathOfAddress("https://evil.example/main/incidents")).toBe("/main/incidents");
    expect(pathOfAddress("http://127.0.0.1:3000")).toBe("/");
  });

  it("refuses what is no address, or leads off or in a circle", () => {
    for (const value of [
      "/main",
      "javascript:alert(1)",
      "https://a//evil.example/x",
      "https://a/sign-in",
      "https://",
      undefined,
    ])
      expect(pathOfAddress(value)).toBeNull();
  });
});
