import { describe, expect, it } from "vitest";
import { type Reader } from "../readers";
import { Reading, Unreadable } from "../reading";
import { createdWebhook, deliveryLogPage, webhook } from "./webhook";

function read<T>(reader: Reader<T>, value: unknown): T {
  return reader(value, new Reading());
}

describe("a webhook configuration", () => {
  it.each([
    [{ status: "paused" }, "Paused"],
    [{ state: "Active" }, "Active"],
    [{ isActive: true, isPaused: true }, "Paused"],
    [{ isActive: true, isPaused: false }, "Active"],
    [{ isActive: false }, "Disabled"],
    [{}, null],
  ])("reads its state from %j", (value, status) => {
    expect(read(webhook, { id: "w", ...value }).status).toBe(status);
  });

  it("never carries a secret, not even raw", () => {
    const secrets = {
      secret: "S3",
      signingSecret: "S3",
      signingKey: "S3",
      signingToken: "S3",
      token: "S3",
      password: "S3",
    };
    const read_ = read(webhook, {
      id: "w",
      destinationUrl: "https://hooks.example/x",
      plan: "gold",
      ...secrets,
    });
    expect(JSON.stringify(read_)).not.toContain("S3");
    expect(read_.url).toBe("https://hooks.example/x");
    expect(read_.raw).toEqual({ id: "w", destinationUrl: "https://hooks.example/x", plan: "gold" });
  });

  it.each(["secret", "signingSecret", "signingKey", "signingToken"])(
    "finds the secret of a creation in %s",
    (name) => {
      const created = read(createdWebhook, { id: "w", [name]: "S3" });
      expect(created.secret).toBe("S3");
      expect(JSON.stringify(created.raw)).not.toContain("S3");
    },
  );

  it("reports a creation without a readable secret as null", () => {
    expect(read(createdWebhook, { id: "w", secret: {} }).secret).toBeNull();
    expect(() => read(createdWebhook, null)).toThrow(Unreadable);
  });
});

describe("a page of delivery logs", () => {
  it.each([
    [
      { hasMore: true, continuationToken: "t" },
      { hasMore: true, continuationToken: "t" },
    ],
    [
      { hasMore: true, continuationToken: "" },
      { hasMore: false, continuationToken: null },
    ],
    [{ hasMore: true }, { hasMore: false, continuationToken: null }],
    [
      { hasMore: false, continuationToken: "t" },
      { hasMore: false, continuationToken: "t" },
    ],
    [{ continuationToken: "t" }, { hasMore: true, continuationToken: "t" }],
  ])("%j goes on as %j", (value, expected) => {
    expect(read(deliveryLogPage, { items: null, ...value })).toEqual({ items: [], ...expected });
  });

  it("keeps the partition key verbatim, even when it is no date", () => {
    const [log] = read(deliveryLogPage, { items: [{ id: "l", createdAt: "15/04/2026 20:00" }] }).items;
    expect(log?.createdAt).toBe("15/04/2026 20:00");
  });
});
