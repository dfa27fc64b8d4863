import { describe, expect, it } from "vitest";
import { startProvider } from "./start-provider";

const server = (answer: () => Response) =>
  (async (url: string) =>
    url === "/api/auth/csrf" ? Response.json({ csrfToken: "token" }) : answer()) as typeof fetch;

describe("startProvider", () => {
  it("leads to the provider only when the server names an address that asks for a code", async () => {
    const url = "https://login.example.test/auth?response_type=code&state=s";
    expect(
      await startProvider(
        "/",
        server(() => Response.json({ url })),
      ),
    ).toEqual({ address: url });
  });

  it.each([
    [200, { url: "http://h/sign-in?error=OAuthSignin" }, "provider"],
    [200, { url: "http://h/sign-in?csrf=true" }, "other"],
    [500, { url: "https://login.example.test/auth?response_type=code" }, "other"],
    [200, {}, "other"],
  ])("status %i with %j is a refusal: %s", async (status, body, refusal) => {
    expect(
      await startProvider(
        "/",
        server(() => Response.json(body, { status })),
      ),
    ).toEqual({ refusal });
  });

  it("tells a server that does not answer from a refusal", async () => {
    const dead = (() => Promise.reject(new TypeError("Failed to fetch"))) as typeof fetch;
    expect(await startProvider("/", dead)).toEqual({ refusal: "unreachable" });
  });
});
