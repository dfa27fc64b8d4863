import { describe, expect, it } from "vitest";
import { gamebookStatuses } from "@/lib/contract/vocabulary";
import { isEnded, runState, runStates, statusWordsOf } from "./gamebook-status";

describe("runState: a word upstream never documented still lands where a person would put it", () => {
  it.each([
    ["Pending", "queued"],
    ["PendingApproval", "approval"],
    ["Pending Approval", "approval"],
    ["waiting_for_approval", "approval"],
    ["AwaitingOwner", "approval"],
    ["Approved", "queued"],
    ["Queued", "queued"],
    ["NotStarted", "queued"],
    ["InProgress", "running"],
    ["Executing", "running"],
    ["Succeeded", "succeeded"],
    ["SUCCESS", "succeeded"],
    ["Completed", "succeeded"],
    ["CompletedWithErrors", "partial"],
    ["PartiallyFailed", "partial"],
    ["PartiallySucceeded", "partial"],
    ["Unsuccessful", "failed"],
    ["TimedOut", "failed"],
    ["Timeout", "failed"],
    ["FailedToStart", "failed"],
    ["Rejected", "rejected"],
    ["ApprovalDenied", "rejected"],
    ["Canceled", "cancelled"],
    ["Incomplete", "unknown"],
    ["Hibernating", "unknown"],
    ["", "unknown"],
    [null, "unknown"],
  ] as const)("%s is %s", (status, state) => expect(runState(status)).toBe(state));

  it("knows every word of the vocabulary", () => {
    expect(gamebookStatuses.filter((word) => runState(word) === "unknown")).toEqual([]);
  });
});

describe("asking upstream for states", () => {
  it("names each word of the vocabulary under exactly one state", () => {
    expect(runStates.flatMap((state) => statusWordsOf([state])).sort()).toEqual([...gamebookStatuses].sort());
    expect(statusWordsOf(["unknown"])).toEqual([]);
  });

  it("does not take a waiting or an unknown run for ended", () => {
    expect(runStates.filter((state) => !isEnded(state))).toEqual([
      "approval",
      "queued",
      "running",
      "unknown",
    ]);
  });
});
