import { describe, expect, it } from "vitest";
import { CallError } from "@/lib/client/call-error";
import { type FailureCode, failures, type Problem } from "@/lib/errors";
import { describeFailure, failedAt, waitSeconds } from "./failure-words";

const problem = (code: FailureCode, more: Partial<Problem> = {}): Problem => ({
  type: "about:blank",
  title: failures[code].title,
  status: failures[code].status,
  code,
  requestId: "req-1",
  ...more,
});
const describeCode = (code: FailureCode, more?: Partial<Problem>) =>
  describeFailure(CallError.of(problem(code, more)));

describe("describeFailure: what failed, and what to do", () => {
  it("says both for every code there is, and gives our request id", () => {
    for (const code of Object.keys(failures) as FailureCode[]) {
      const words = describeCode(code);
      expect(words.title, code).not.toBe("");
      expect(words.advice, code).not.toBe("");
      expect(words.ids, code).toEqual([{ label: "Request id", value: "req-1" }]);
    }
  });

  it("tells the states apart that people must not confuse", () => {
    const codes: FailureCode[] = [
      "FORBIDDEN",
      "UPSTREAM_FORBIDDEN",
      "UPSTREAM_CREDENTIAL_REFUSED",
      "NO_CONNECTION",
      "NOT_SIGNED_IN",
      "UPSTREAM_TIMEOUT",
    ];
    expect(new Set(codes.map((code) => describeCode(code).title)).size).toBe(codes.length);
  });

  it("offers asking again only where that can help", () => {
    expect(describeCode("UPSTREAM_TIMEOUT").remedy).toBe("again");
    expect(describeCode("FORBIDDEN").remedy).toBe("none");
    expect(describeCode("NOT_SIGNED_IN").remedy).toBe("sign-in");
  });

  it("adds the vendor's id to quote, and speaks through the problem's own text where it has none of its own", () => {
    const words = describeCode("INVALID_INPUT", {
      upstreamRequestId: "up-1",
      detail: "The range is too long.",
    });
    expect(words).toMatchObject({ title: failures.INVALID_INPUT.title, advice: "The range is too long." });
    expect(words.ids.map(({ value }) => value)).toEqual(["req-1", "up-1"]);
  });

  it("has words for silence, for a foreign answer and for a fault of our own", () => {
    expect(describeFailure(CallError.noAnswer(null)).title).toBe("Watchfloor does not answer");
    expect(describeFailure(CallError.unreadable(502)).remedy).toBe("again");
    expect(describeFailure(new TypeError("x is not a function"))).toMatchObject({ ids: [] });
    expect(describeFailure(new TypeError("x is not a function")).title).not.toContain("function");
  });
});

describe("when it failed and when it goes on", () => {
  it("knows the pause that was asked for", () => {
    expect(waitSeconds(CallError.of(problem("UPSTREAM_RATE_LIMITED", { retryAfterSeconds: 12 })))).toBe(12);
    expect(waitSeconds(CallError.of(problem("INTERNAL")))).toBeNull();
    expect(waitSeconds(new Error("x"))).toBeNull();
  });
  it("knows the time of the failure", () => {
    expect(Date.parse(failedAt(CallError.noAnswer(null)) ?? "")).not.toBeNaN();
    expect(failedAt(new Error("x"))).toBeNull();
  });
});
