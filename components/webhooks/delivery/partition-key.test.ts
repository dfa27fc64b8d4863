import { describe, expect, it } from "vitest";
import { routes } from "@/lib/routes";
import { readPartitionKey } from "./partition-key";

const keys = [
  "2026-11-24T10:00:00.0000000+00:00",
  "2026-11-24T10:00:00.1234567-05:30",
  "2026-11-24T10:00:00Z",
  "2026-11-24T10:00:00.5Z",
];

describe("readPartitionKey: character by character", () => {
  it.each(keys)("%s comes back from the address of its delivery", (createdAt) => {
    const address = routes.delivery("main", { webhookId: "w", logId: "l", createdAt });
    const given = new URL(address, "https://app.example").searchParams.get("createdAt");
    expect(readPartitionKey(given)).toBe(createdAt);
  });
  it("survives a link in which nobody encoded the plus sign", () => {
    const given = new URLSearchParams("createdAt=2026-11-24T10:00:00.0000000+00:00").get("createdAt");
    expect(given).toContain(" ");
    expect(readPartitionKey(given)).toBe(keys[0]);
  });
  it.each([null, "", "yesterday", "2026-11-24", "2026-11-24T10:00:00Z<script>", "2026-11-24 10:00:00Z"])(
    "%j is no key",
    (text) => expect(readPartitionKey(text)).toBeNull(),
  );
});
