import { beforeEach, describe, expect, test, vi } from "vitest";

/** The environment is read once per process, so each case gets its modules anew. */
async function cookiesAt(url: string) {
  vi.resetModules();
  vi.stubEnv("WATCHFLOOR_URL", url);
  return import("./cookies");
}

describe("SEC-08: cookies cannot be planted from a sibling host", () => {
  beforeEach(() => vi.unstubAllEnvs());

  test("on https every cookie has the __Host- prefix and what browsers demand with it", async () => {
    const { authCookies, sessionCookieName } = await cookiesAt("https://soc.example.com");
    const cookies = Object.values(authCookies());
    expect(cookies).toHaveLength(6);
    for (const { name, options } of cookies) {
      expect(name).toMatch(/^__Host-next-auth\./);
      expect(options).toMatchObject({ httpOnly: true, secure: true, sameSite: "lax", path: "/" });
      expect(options).not.toHaveProperty("domain");
    }
    expect(sessionCookieName()).toBe("__Host-next-auth.session-token");
  });

  test("the cookie of a display is Strict as well", async () => {
    const { displayCookie } = await cookiesAt("https://soc.example.com");
    expect(displayCookie()).toEqual({
      name: "__Host-watchfloor.display",
      options: { httpOnly: true, secure: true, sameSite: "strict", path: "/", maxAge: 400 * 86_400 },
    });
  });

  test("on plain http, which is loopback, the names stand bare", async () => {
    const { authCookies } = await cookiesAt("http://127.0.0.1:3000");
    for (const { name, options } of Object.values(authCookies())) {
      expect(name).toMatch(/^next-auth\./);
      expect(options).toMatchObject({ httpOnly: true, secure: false });
    }
  });
});

describe("reading a Cookie header", () => {
  test.each([
    ["a=1; b=2", "b", "2"],
    ["a=1;b=2", "b", "2"],
    ["b=2", "b", "2"],
    ["b=x=y==", "b", "x=y=="],
    ["b=first; b=second", "b", "first"],
    ["bb=1; xb=2", "b", null],
    ["b.0=1; b.1=2", "b", null],
    ["=1; b", "b", null],
    ["", "b", null],
    [null, "b", null],
  ])("%s: %s is %s", async (header, name, value) => {
    const { readCookie } = await import("./cookies");
    expect(readCookie(header, name)).toBe(value);
  });
});
