import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { demoCredentials } from "@/emulator/accounts/account-store";
import { type RunningEmulator, startEmulator } from "@/emulator/start";
import type { CreatedWebhook } from "@/lib/contract";
import { Secret } from "@/lib/server/secret";
import { closePools } from "@/lib/server/upstream/pools";
import { Canary } from "@/lib/server/upstream/testing/canary";
import { envelope, startStubUpstream, type StubUpstream } from "@/lib/server/upstream/testing/stub-upstream";
import { testConnection } from "@/lib/server/upstream/testing/test-connection";
import { someId, testUpstream } from "@/lib/server/upstream/testing/test-upstream";
import { bodyOf, proxyHarness } from "./testing/harness";

const { clientId, secret } = demoCredentials.main;
const given = {
  token: "canary-token-0001",
  signingToken: "canary-signing-0002",
  password: "canary-password-0003",
};

describe("the signing secret of a new webhook is told once, and kept nowhere", () => {
  let emulator: RunningEmulator;
  beforeAll(async () => {
    emulator = await startEmulator({ scenario: "quiet-night", seed: 7 });
  });
  beforeEach(() => {
    emulator.control.reset();
    emulator.control.clearFaults();
  });
  afterAll(async () => {
    await closePools();
    await emulator.stop();
  });

  test.each([false, true])(
    "whatever name it comes under (other form of the reply: %s)",
    async (alternate) => {
      if (alternate) emulator.control.faults([{ kind: "alternateShapes" }]);
      // What logs and audit saw cannot be searched for a secret before the secret is known, so everything is kept.
      const connection = testConnection(emulator.baseUrl, { clientId, clientSecret: new Secret(secret) });
      const kept = new Canary([]);
      const harness = proxyHarness(connection, [secret], {
        log: kept.log,
        callUpstream: testUpstream({ log: kept.log }),
      });
      const created = await harness.call("webhooks.create", {
        body: {
          name: "Mine",
          url: "http://127.0.0.1:1/hook?key=canary-address-0004",
          eventTypes: ["incident.created.v1"],
          authenticationType: "BearerToken",
          token: given.token,
          signingToken: given.signingToken,
        },
      });
      expect(created.status).toBe(201);
      expect(created.headers.get("cache-control")).toBe("no-store");
      const { data } = await bodyOf<{ data: CreatedWebhook }>(created);
      expect(data.secret).toMatch(/^whsec_[\w-]{32,}$/);
      const { id } = data;
      const later = [
        await harness.call("webhooks.get", { params: { id } }),
        await harness.call("webhooks.list", {}),
        await harness.call("webhooks.update", { params: { id }, body: { name: "Mine too" } }),
        await harness.call("webhooks.pause", { params: { id } }),
        await harness.call("webhooks.credentials", {
          params: { id },
          body: { authenticationType: "BasicAuth", username: "u", password: given.password },
        }),
      ];
      const texts = await Promise.all(later.map((answer) => answer.text()));
      expect(texts.every((text) => text.includes(id))).toBe(true);
      const seen = new Canary([data.secret!, ...Object.values(given), "canary-address-0004"]);
      for (const text of kept.lines) seen.saw(text);
      for (const row of harness.audit) seen.saw(row);
      expect(harness.audit).toHaveLength(8);
      expect(kept.lines.length).toBeGreaterThan(5);
      expect(seen.scan().hits).toEqual([]);
      // The address of a webhook is shown to who may read it; what else there is, is not.
      const answers = new Canary([data.secret!, ...Object.values(given)]);
      for (const text of texts) answers.saw(text);
      expect(answers.scan()).toMatchObject({ hits: [], others: 5 });
    },
  );
});

describe("what a real server might let slip", () => {
  let stub: StubUpstream;
  beforeAll(async () => {
    stub = await startStubUpstream();
  });
  afterAll(async () => {
    await closePools();
    await stub.stop();
  });

  test("secrets inside a configuration are not handed on, however deep and under whatever case", async () => {
    const harness = proxyHarness(testConnection(stub.baseUrl), []);
    stub.answer = envelope({
      id: someId,
      name: "Mine",
      hasSigningToken: true,
      SigningSecret: "canary-1",
      credentials: {
        authenticationType: "BearerToken",
        token: "canary-2",
        nested: [{ password: "canary-3" }],
      },
      signing: { key: "canary-4", algorithm: "sha256" },
      clientSecret: "canary-5",
      apiKey: "canary-6",
    });
    const text = await (await harness.call("webhooks.get", { params: { id: someId } })).text();
    expect(text).toContain('"hasSigningToken":true');
    expect(text).not.toContain("canary");
  });
});
