import { describe, expect, it } from "vitest";
import { Secret } from "@/lib/server/secret";
import { Canary } from "./canary";

const secret = "canary~client+secret/with=odd&characters-7b41";

describe("the canary scan", () => {
  it.each([
    ["plain", `x${secret}y`],
    ["base64", Buffer.from(secret).toString("base64")],
    ["base64 behind one byte", Buffer.from(`:${secret}`).toString("base64")],
    ["base64 behind two bytes", Buffer.from(`a:${secret}!`).toString("base64")],
    ["base64url", Buffer.from(`id:${secret}`).toString("base64url")],
    ["hex", Buffer.from(secret).toString("hex")],
    ["in an address", `?a=${encodeURIComponent(secret)}`],
    ["in JSON", JSON.stringify({ secret })],
  ])("finds a secret that leaked as %s", (_form, text) => {
    const canary = new Canary([secret]);
    canary.saw(text);
    expect(canary.scan().hits).toHaveLength(1);
  });

  it("finds a secret in the log and in an error's cause, and not the typed wrapper around it", () => {
    const canary = new Canary([secret]);
    canary.log.info({ note: secret }, "leak");
    canary.saw(new Error("outer", { cause: new Error(secret) }));
    canary.saw({ clientSecret: new Secret(secret) });
    expect(canary.scan()).toMatchObject({ hits: { length: 2 }, lines: 1, others: 2 });
  });
});
