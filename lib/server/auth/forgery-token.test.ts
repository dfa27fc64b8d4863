import { createCSRFToken } from "next-auth/core/lib/csrf-token";
import { describe, expect, it } from "vitest";
import { newForgeryToken, tokenOfCookie } from "@/lib/server/auth/forgery-token";
import { Secret } from "@/lib/server/secret";

const secret = new Secret("a secret of at least thirty-two characters");

/** What next-auth itself says to a posted form. */
const verify = (cookieValue: string, bodyValue: string | null, with_: string) =>
  createCSRFToken({
    options: { secret: with_ } as never,
    cookieValue,
    isPost: true,
    bodyValue: bodyValue ?? undefined,
  }).csrfTokenVerified;

describe("the forgery token of the sign-in page (SEC-06)", () => {
  it("is taken by next-auth, with its own cookie only", () => {
    const cookie = newForgeryToken(secret);
    expect(verify(cookie, tokenOfCookie(cookie), secret.reveal())).toBe(true);
    expect(verify(cookie, tokenOfCookie(newForgeryToken(secret)), secret.reveal())).toBe(false);
    expect(verify(cookie, tokenOfCookie(cookie), "another secret")).toBeFalsy();
  });

  it("is fresh each time", () => {
    expect(newForgeryToken(secret)).not.toBe(newForgeryToken(secret));
  });

  it("reads nothing into other cookies", () => {
    for (const cookie of [undefined, "", "x|y", `${"a".repeat(64)}|`, `${"A".repeat(64)}|${"b".repeat(64)}`])
      expect(tokenOfCookie(cookie)).toBeNull();
  });
});
