import { describe, expect, it } from "vitest";
import {
  campaignIncidents,
  campaignKindText,
  type CampaignView,
  describeCampaigns,
  describeReach,
  holdCampaigns,
} from "./campaign-view";
import { placeOnLine } from "./campaign-picture";
import { type Campaign, type CampaignsAnswer, isWholeAnswer } from "./register";

const at = "2026-11-24T10:00:00.000Z";
const campaign = (value: string, incidents = 3): Campaign => ({
  ...{ kind: "title", value, name: value, entityKind: null, title: value, incidents },
  hits: [{ workspaceId: "w", workspaceName: "W", firstAt: at, latestAt: at, incidents }],
});
const answer = (over: Partial<CampaignsAnswer> = {}): CampaignsAnswer => ({
  ...{ campaigns: [campaign("a")], isCut: false, least: 3, asOf: at },
  coverage: {
    asOf: at,
    unreadableRows: 0,
    entries: [
      {
        workspaceId: "w",
        workspaceName: "W",
        source: "Sentinel",
        state: "read",
        rows: 3,
        since: at,
        reason: null,
      },
    ],
  },
  window: { isCovered: true, isReached: true, coveredFrom: at, uncovered: [], moreUncovered: 0 },
  ...over,
});

describe("campaigns on screen", () => {
  it("keep their places with the newest figures; what is new, gone or elsewhere waits", () => {
    const held = ["a", "b", "c"].map((value) => campaign(value));
    const same = holdCampaigns(held, held);
    expect(same.waiting).toEqual({ added: 0, changed: 0, gone: 0 });
    const now = holdCampaigns(held, [campaign("n"), campaign("c", 9), campaign("a")]);
    expect(now.rows.map(({ value, incidents }) => [value, incidents])).toEqual([
      ["a", 3],
      ["b", 3],
      ["c", 9],
    ]);
    expect(now.gone).toEqual(new Set(["title:b"]));
    expect(now.waiting).toEqual({ added: 1, changed: 2, gone: 1 });
  });

  it("lead to the queue's own filters: window, status, customer, and what is the same", () => {
    const view: CampaignView = { window: "7d", least: 3, kind: null, isOpenOnly: false };
    const rule = { kind: "rule", value: "rule-7" } as const;
    expect(campaignIncidents(view, rule, "w-1")).toMatchObject({
      ...{ window: "7d", status: "any", q: 'rule:"rule-7"', workspace: "w-1" },
    });
    expect(campaignIncidents({ ...view, window: "24h", isOpenOnly: true }, rule, null)).toMatchObject({
      ...{ window: null, status: null, workspace: null },
    });
    expect(campaignIncidents(view, { kind: "title", value: "x".repeat(600) }, null)).toBeNull();
  });

  it("are counted with what the count rests on", () => {
    expect(describeCampaigns(answer(), true)).toBe("1 campaign at 3 customers or more");
    expect(describeCampaigns(answer(), false)).toBe("At least 1 campaign at 3 customers or more");
    expect(describeCampaigns(answer({ isCut: true }), true)).toBe(
      "The first 1 campaign at 3 customers or more",
    );
    expect(describeCampaigns(answer({ campaigns: [] }), false)).toBe(
      "No campaigns known at 3 customers or more",
    );
    expect(isWholeAnswer(answer())).toBe(true);
    expect(describeReach(answer(), String)).toBeNull();
    const window = {
      ...{ isCovered: false, isReached: false, coveredFrom: null, moreUncovered: 0 },
      uncovered: [{ workspaceId: "w", source: "Sentinel", gaps: [{ from: null, to: at }] }],
    };
    expect(isWholeAnswer(answer({ window }))).toBe(false);
    expect(describeReach(answer({ window }), String)).toContain("never read of 1 of 1 customer:");
  });

  it("say what is the same in words", () => {
    expect(campaignKindText({ kind: "entity", entityKind: "MailMessage" })).toBe("Mail message");
    expect(campaignKindText({ kind: "entity", entityKind: null })).toBe("Entity");
    expect(campaignKindText({ kind: "rule", entityKind: null })).toBe("Rule");
  });

  it("stand on a line of time between its ends", () => {
    expect([0, 50, 100, 150].map((ms) => placeOnLine(new Date(ms).toISOString(), 50, 150))).toEqual([
      0, 0, 50, 100,
    ]);
    expect(placeOnLine(at, 5, 5)).toBe(0);
  });
});
