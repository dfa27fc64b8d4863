import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { demoCredentials } from "@/emulator/accounts/account-store";
import { startEmulator } from "@/emulator/start";
import { startReceiver } from "@/emulator/testing/receiver";
import { Secret } from "@/lib/server/secret";
import { closePools } from "@/lib/server/upstream/pools";
import { envelope, startStubUpstream, type StubUpstream } from "@/lib/server/upstream/testing/stub-upstream";
import { testConnection } from "@/lib/server/upstream/testing/test-connection";
import { someId, testUpstream } from "@/lib/server/upstream/testing/test-upstream";
import { bodyOf, type Harness, proxyHarness } from "./testing/harness";
import { targetFault } from "./webhook-target";

const https = "The address must begin with https://.";
const outside = "ContraForce cannot reach this address: it is not on the internet.";

describe("where ContraForce on the internet may deliver to", () => {
  test.each([
    "https://siem.example.com/hooks/1?key=2",
    "https://siem.example.com:8443/",
    "https://8.8.8.8/hook",
    "https://[2606:4700:4700::1111]/hook",
    "https://bücher.example/",
    "https://local.example.com/",
  ])("%s", (url) => expect(targetFault(url, false)).toBeNull());

  test.each([
    ["http://siem.example.com/", https],
    ["http://127.0.0.1:8080/", https],
    ["ftp://siem.example.com/", https],
    ["https://127.0.0.1/", outside],
    ["https://2130706433/", outside],
    ["https://0x7f.1/", outside],
    ["https://0177.0.0.1/", outside],
    ["https://localhost/", outside],
    ["https://localhost./", outside],
    ["https://app.localhost/", outside],
    ["https://10.0.0.7/", outside],
    ["https://192.168.1.1/", outside],
    ["https://172.16.0.1/", outside],
    ["https://100.64.0.1/", outside],
    ["https://169.254.169.254/latest/meta-data", outside],
    ["https://0.0.0.0/", outside],
    ["https://[::1]/", outside],
    ["https://[::ffff:127.0.0.1]/", outside],
    ["https://[::ffff:8.8.8.8]/", outside],
    ["https://[64:ff9b::7f00:1]/", outside],
    ["https://[2002:7f00:1::]/", outside],
    ["https://[fe80::1]/", outside],
    ["https://[fd00::1]/", outside],
    ["https://intranet/", outside],
    ["https://siem.corp.internal/", outside],
    ["https://printer.local./", outside],
    ["https://me:secret@siem.example.com/", expect.stringContaining("user name and password") as string],
    ["https://siem.example.com/#x", expect.stringContaining("#") as string],
    ["https://siem.example.com/#", expect.stringContaining("#") as string],
    ["siem.example.com", expect.stringContaining("whole address") as string],
  ])("never %s", (url, fault) => expect(targetFault(url, false)).toEqual(fault));
});

describe("with ContraForce on this machine", () => {
  test.each([
    "http://127.0.0.1:4011/hook",
    "http://localhost:4011/",
    "http://[::1]:4011/",
    "https://127.0.0.2/",
  ])("%s is let through", (url) => expect(targetFault(url, true)).toBeNull());

  test.each([
    "http://siem.example.com/",
    "http://10.0.0.7/",
    "http://localhost.example.com/",
    "file://localhost/etc",
  ])("%s is not: only what stays here may be plain", (url) => expect(targetFault(url, true)).toBe(https));

  test("and no user name, whatever the place", () =>
    expect(targetFault("http://me:secret@127.0.0.1/", true)).toMatch(/user name/));
});

describe("at the proxy", () => {
  let stub: StubUpstream;
  beforeAll(async () => {
    stub = await startStubUpstream();
  });
  beforeEach(() => {
    stub.requests.length = 0;
    stub.answer = envelope({ id: someId, secret: "whsec_1" }, 201);
  });
  afterAll(async () => {
    await closePools();
    await stub.stop();
  });

  const body = (url: string) => ({ name: "Mine", url, eventTypes: ["incident.created.v1"] });
  const harnessAt = (baseUrl: string): Harness => {
    const made = proxyHarness(testConnection(baseUrl), []);
    // A connection of another host, whose calls all the same end at the stub.
    const there = testUpstream({ log: made.canary.log });
    return proxyHarness(testConnection(baseUrl), [], {
      callUpstream: (connection, ...rest) => there({ ...connection, baseUrl: stub.baseUrl }, ...rest),
    });
  };

  test("a refused target is refused at its field; nothing is sent and nothing audited", async () => {
    const harness = harnessAt("https://portal.contraforce.com/api/v2");
    const made = await harness.call("webhooks.create", { body: body("http://127.0.0.1:4011/hook") });
    expect([made.status, (await bodyOf(made)).errors]).toEqual([400, { url: [https] }]);
    const moved = await harness.call("webhooks.update", {
      params: { id: someId },
      body: { url: "https://169.254.169.254/" },
    });
    expect([moved.status, (await bodyOf(moved)).errors]).toEqual([400, { url: [outside] }]);
    expect([stub.requests, harness.audit]).toEqual([[], []]);
    const fine = await harness.call("webhooks.create", { body: body("https://siem.example.com/") });
    expect(fine.status).toBe(201);
    const renamed = await harness.call("webhooks.update", {
      params: { id: someId },
      body: { name: "Other" },
    });
    expect(renamed.ok).toBe(true);
  });

  test("with the connection on this machine a receiver here is let through", async () => {
    const made = await harnessAt(stub.baseUrl).call("webhooks.create", {
      body: body("http://127.0.0.1:4011/hook"),
    });
    expect(made.status).toBe(201);
  });

  test("and the emulator really delivers to it", async () => {
    const emulator = await startEmulator({ scenario: "quiet-night", seed: 7 });
    const receiver = await startReceiver();
    const { clientId, secret } = demoCredentials.main;
    const connection = testConnection(emulator.baseUrl, { clientId, clientSecret: new Secret(secret) });
    const harness = proxyHarness(connection, [secret]);
    const made = await harness.call("webhooks.create", { body: body(receiver.url) });
    const { data } = await bodyOf<{ data: { id: string } }>(made);
    const tested = await harness.call("webhooks.test", { params: { id: data.id } });
    expect([made.status, tested.status]).toEqual([201, 200]);
    expect(receiver.received.map(({ headers }) => headers["x-cf-test"])).toEqual(["true"]);
    await emulator.stop();
    await receiver.stop();
  });
});
