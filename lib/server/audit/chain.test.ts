import { expect, test } from "vitest";
import { chainHash, chainStart, type ChainedRow } from "./chain";

const row: ChainedRow = {
  seq: 1,
  at: new Date("2026-11-24T08:00:00.123Z"),
  organisationId: "6f0f8a0e-52a8-4f8e-9f54-0a8f9c3f7a10",
  personId: null,
  action: "tickets.link",
  permission: "tickets:manage",
  workspaceId: null,
  outcome: "done",
  upstreamRequestId: null,
  requestId: "r-1",
  detail: { b: 1, a: ["ä", null] },
};

test("the form that is hashed never changes, because rows of today are verified in years", () => {
  expect(chainHash(chainStart, row).toString("hex")).toBe(
    "88f4835c8d1844b3978a8ffc108a129311e9266e8bbf62fa1e8bd040e7ed1bf1",
  );
});

test("the order of members means nothing, and every member counts", () => {
  const hash = chainHash(chainStart, row).toString("hex");
  expect(chainHash(chainStart, { ...row, detail: { a: ["ä", null], b: 1 } }).toString("hex")).toBe(hash);
  const changes: Partial<ChainedRow>[] = [
    { seq: 2 },
    { at: new Date("2026-11-24T08:00:00.124Z") },
    { organisationId: null },
    { personId: "x" },
    { action: "x" },
    { permission: null },
    { workspaceId: "x" },
    { outcome: "failed" },
    { upstreamRequestId: "x" },
    { requestId: "x" },
    { detail: { b: 1, a: [null, "ä"] } },
  ];
  const hashes = changes.map((change) => chainHash(chainStart, { ...row, ...change }).toString("hex"));
  hashes.push(chainHash(Buffer.alloc(32, 1), row).toString("hex"));
  expect(new Set([hash, ...hashes]).size).toBe(changes.length + 2);
});
