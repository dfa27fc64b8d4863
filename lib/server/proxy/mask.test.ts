import { describe, expect, it } from "vitest";
import { mask } from "./mask";

describe("an input as the audit keeps it", () => {
  it("shows no secret, whatever the member around it is called", () => {
    const input = {
      token: "hidden",
      signingToken: "hidden",
      clientSecret: "hidden",
      password: "hidden",
      Authorization: "hidden",
      headers: { "X-Anything": "hidden" },
      nested: [{ api_key: "hidden", deeper: { privateKey: { pem: "hidden" } } }],
      pin: { secretNumber: 4711 },
    };
    expect(JSON.stringify(mask(input))).not.toMatch(/hidden|4711/);
  });

  it("shows where an address leads and not what it carries", () => {
    expect(
      mask({ url: "https://u:hidden@chat.test/hooks/hidden?sig=hidden", destination: "hidden" }),
    ).toEqual({
      url: "https://chat.test",
      destination: "[masked]",
    });
  });

  it("keeps what tells what was done", () => {
    const input = {
      params: { id: "w1", credentialId: "c1" },
      query: { enabled: false },
      body: {
        name: "New",
        hasSigningToken: true,
        scopes: ["incidents:read"],
        expirationDate: null,
        count: 3,
      },
    };
    expect(mask(input)).toEqual(input);
  });

  it("is bounded in depth, width and length", () => {
    let deep: unknown = "x";
    for (let level = 0; level < 100; level += 1) deep = { deep };
    const text = JSON.stringify(mask({ deep, wide: Array(5_000).fill("y".repeat(5_000)) }));
    expect(text.length).toBeLessThan(20_000);
  });

  it("leaves out what was not given", () => {
    expect(mask({ body: undefined })).toEqual({ body: null });
  });
});
