import { describe, expect, it } from "vitest";
import { contentSecurityPolicy } from "./security-headers";

const directivesOf = (policy: string) =>
  new Map(
    policy.split("; ").map((line) => [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)]),
  );

describe("SEC-09: injected markup does not run", () => {
  const production = directivesOf(contentSecurityPolicy("abc123==", false));

  it("runs scripts and style sheets by nonce only", () => {
    expect(production.get("script-src")).toBe("'self' 'nonce-abc123==' 'strict-dynamic'");
    expect(production.get("style-src-elem")).toBe("'self' 'nonce-abc123=='");
    expect(contentSecurityPolicy("n", false)).not.toMatch(/script-src[^;]*unsafe|unsafe-eval|\bws:/);
  });

  it("cannot be framed, re-based, or made to post elsewhere", () => {
    for (const name of ["object-src", "base-uri", "frame-ancestors"])
      expect(production.get(name)).toBe("'none'");
    expect(production.get("form-action")).toBe("'self'");
    expect(production.get("default-src")).toBe("'self'");
    expect(production.get("connect-src")).toBe("'self'");
  });

  it("does not force https, so that a demo without TLS works", () => {
    expect(production.has("upgrade-insecure-requests")).toBe(false);
  });

  it("lets the development client in only in development", () => {
    const development = contentSecurityPolicy("n", true);
    expect(development).toContain("'unsafe-eval'");
    expect(development).toContain("ws:");
  });
});
