import { describe, expect, it } from "vitest";
import { checkSetup, submitSetup } from "./submit-setup";

const input = { code: " ABCD-EFGH ", email: " ada@demo.test ", name: " Ada ", password: " twelve chars " };

describe("checkSetup", () => {
  it("finds nothing wrong with what is complete", () => {
    expect(checkSetup(input)).toEqual({});
  });

  it("names each field at fault, and how much is missing of the password", () => {
    const errors = checkSetup({ code: " ", email: "ada", name: "", password: "short" });
    expect(Object.keys(errors)).toEqual(["code", "email", "name", "password"]);
    expect(errors.password).toContain("7 more");
  });

  it("counts characters, not code units", () => {
    expect(checkSetup({ ...input, password: "🔑".repeat(11) }).password).toContain("1 more");
    expect(checkSetup({ ...input, password: "🔑".repeat(12) }).password).toBeUndefined();
  });
});

describe("submitSetup", () => {
  const answering = (response: Response) => (async () => response) as unknown as typeof fetch;

  it("sends JSON with our header, everything trimmed but the password", async () => {
    let init: RequestInit | undefined;
    const send = (async (_: string, given?: RequestInit) => {
      init = given;
      return Response.json({}, { status: 201 });
    }) as typeof fetch;
    expect(await submitSetup(input, send)).toEqual({ kind: "done" });
    expect(new Headers(init?.headers).get("x-watchfloor")).toBe("1");
    expect(JSON.parse(String(init?.body))).toEqual({
      code: "ABCD-EFGH",
      email: "ada@demo.test",
      name: "Ada",
      password: " twelve chars ",
    });
  });

  it("puts the server's complaints at their fields", async () => {
    const problem = {
      code: "INVALID_INPUT",
      title: "x",
      errors: { code: ["This code is not right."], other: ["y"] },
    };
    expect(await submitSetup(input, answering(Response.json(problem, { status: 400 })))).toEqual({
      kind: "fields",
      errors: { code: "This code is not right." },
    });
  });

  it("tells any other failure whole, with its request id", async () => {
    const problem = {
      code: "TOO_MANY_ATTEMPTS",
      title: "Too many attempts; wait a little",
      requestId: "r-1",
    };
    expect(await submitSetup(input, answering(Response.json(problem, { status: 429 })))).toEqual({
      kind: "failed",
      title: "Too many attempts; wait a little",
      requestId: "r-1",
    });
    expect(await submitSetup(input, answering(new Response("<html>", { status: 502 })))).toEqual({
      kind: "failed",
      title: "Watchfloor does not answer",
      requestId: null,
    });
  });
});
