import { expect, test, vi } from "vitest";
import { Failure } from "./errors";

test("a failure is one for every copy of this module: bundles carry their own, and what a process shares crosses them", async () => {
  vi.resetModules();
  const other = await import("./errors");
  expect(other.Failure).not.toBe(Failure);
  const failure: unknown = new other.Failure("UPSTREAM_INVALID");
  expect(failure instanceof Failure).toBe(true);
  expect(failure instanceof Error).toBe(true);
  for (const thing of [new Error("x"), null, undefined, "x", {}, { code: "UPSTREAM_INVALID" }] as unknown[])
    expect(thing instanceof Failure).toBe(false);
});

test("a class made from it is its own kind", () => {
  class Special extends Failure {}
  expect(new Special("NOT_FOUND") instanceof Failure).toBe(true);
  expect(new Special("NOT_FOUND") instanceof Special).toBe(true);
  expect(new Failure("NOT_FOUND") instanceof Special).toBe(false);
});
