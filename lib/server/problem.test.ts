import { describe, expect, it, vi } from "vitest";
import { Failure } from "@/lib/errors";
import { problemResponse, withProblems } from "./problem";

const silent = { error: vi.fn() };

describe("a problem document", () => {
  it("carries code, status, our request id and the time to come back", async () => {
    const failure = new Failure("UPSTREAM_RATE_LIMITED", { retryAfterSeconds: 7, upstreamRequestId: "0HN" });
    const response = problemResponse(failure, "request-1", silent);
    expect(response.status).toBe(503);
    expect(Object.fromEntries(response.headers)).toEqual({
      "cache-control": "no-store",
      "content-type": "application/problem+json",
      "retry-after": "7",
      "x-content-type-options": "nosniff",
      "x-request-id": "request-1",
    });
    expect(await response.json()).toMatchObject({
      code: "UPSTREAM_RATE_LIMITED",
      requestId: "request-1",
      upstreamRequestId: "0HN",
    });
    expect(silent.error).not.toHaveBeenCalled();
  });

  it("says nothing about what we did not expect, and the log gets it whole", async () => {
    const error = vi.fn();
    const thrown = new Error("password=hunter2");
    const response = problemResponse(thrown, "request-2", { error });
    expect(await response.json()).toEqual({
      type: "about:blank",
      title: expect.any(String) as string,
      status: 500,
      code: "INTERNAL",
      requestId: "request-2",
    });
    expect(error).toHaveBeenCalledWith(
      expect.objectContaining({ err: thrown, requestId: "request-2" }),
      expect.anything(),
    );
  });

  it("is made of whatever a route throws, under a request id of our own", async () => {
    const route = withProblems(() => Promise.reject(new Failure("NOT_FOUND")));
    const request = new Request("https://watchfloor.test/", { headers: { "x-request-id": "chosen" } });
    const [first, second] = [await route(request, {}), await route(request, {})];
    expect(first.status).toBe(404);
    expect(first.headers.get("x-request-id")).not.toBe("chosen");
    expect(first.headers.get("x-request-id")).not.toBe(second.headers.get("x-request-id"));
  });

  it("is not made where the caller has left, unless something failed", async () => {
    const leaving = new AbortController();
    const request = new Request("https://watchfloor.test/", { signal: leaving.signal });
    leaving.abort();
    const answer = async (thrown: unknown) => {
      const response = await withProblems(() => Promise.reject(thrown))(request, {});
      return [response.status, await response.text()];
    };
    expect(await answer(leaving.signal.reason)).toEqual([499, ""]);
    expect((await answer(new Failure("NOT_FOUND")))[0]).toBe(404);
  });

  it("is not made of an answer", async () => {
    const route = withProblems((_request, context: { name: string }, requestId) =>
      Promise.resolve(new Response(`${context.name} ${requestId.length}`)),
    );
    expect(await (await route(new Request("https://watchfloor.test/"), { name: "hello" })).text()).toBe(
      "hello 36",
    );
  });
});
