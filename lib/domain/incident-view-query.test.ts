import { expect, it } from "vitest";
import { defaultView, type ViewFilter } from "./incident-view";
import { toRegisterQuery, toWholeQuery } from "./incident-view-query";

const nowMs = Date.UTC(2026, 10, 24, 12);
const sort = { column: "age", descending: false } as const;
const filter: ViewFilter = {
  ...defaultView.filter,
  severities: ["High"],
  text: "fin-042",
  owners: { unassigned: true, emails: ["zoe@x.test"] },
  workspaces: { mode: "none", values: ["w1"] },
  tactics: { mode: "any", values: ["Impact"] },
};

it("asks the register for what would go upstream, over a window that ends now, in the order of the view", () => {
  const query = toRegisterQuery(filter, sort, nowMs);
  expect(query).toMatchObject({
    from: "2026-11-23T12:00:00.000Z",
    to: null,
    text: "fin-042",
    sort,
    after: null,
  });
  expect(query.facets).toMatchObject({
    severity: { any: ["High"], none: [] },
    status: { any: ["Active", "New"], none: [] },
    owner: { any: ["unassigned", "zoe@x.test"], none: [] },
    workspace: { any: [], none: [] },
    tactic: { any: [], none: [] },
  });
});

it("leaves the filters over loaded rows to the server where all matches are meant, turned round ones too", () => {
  expect(toWholeQuery(filter, sort, nowMs).facets).toMatchObject({
    severity: { any: ["High"], none: [] },
    workspace: { any: [], none: ["w1"] },
    tactic: { any: ["Impact"], none: [] },
    product: { any: [], none: [] },
  });
});

it("keeps both ends of a custom range", () => {
  const window = {
    type: "Custom",
    from: "2026-09-01T00:00:00.000Z",
    to: "2026-09-02T00:00:00.000Z",
  } as const;
  expect(toRegisterQuery({ ...filter, window }, sort, nowMs)).toMatchObject({
    from: window.from,
    to: window.to,
  });
});
