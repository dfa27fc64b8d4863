import { expect, test } from "./fixtures/test";

const base = process.env.BASE_URL ?? "";

test.describe("SEC-09: injected markup does not run", () => {
  test("the nonce differs over 1,000 loads, and is the one that the page's scripts carry", async () => {
    const nonces = new Set<string>();
    const load = async () => {
      const answer = await fetch(`${base}/sign-in`);
      const nonce = /'nonce-([^']+)'/.exec(answer.headers.get("content-security-policy") ?? "")?.[1] ?? "";
      const html = await answer.text();
      const carried = new Set([...html.matchAll(/<script[^>]* nonce="([^"]*)"/g)].map((match) => match[1]));
      expect([...carried]).toEqual([nonce]);
      expect(Buffer.from(nonce, "base64")).toHaveLength(16);
      nonces.add(nonce);
    };
    for (let done = 0; done < 1_000; done += 20) await Promise.all(Array.from({ length: 20 }, load));
    expect(nonces.size).toBe(1_000);
  });
});
