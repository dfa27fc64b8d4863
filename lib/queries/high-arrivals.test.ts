import { describe, expect, it, vi } from "vitest";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import { defaultView, type ViewFilter } from "@/lib/domain/incident-view";
import { keyOf } from "@/lib/domain/incident-view-arrange";
import { makeRow } from "@/lib/domain/incident-view-fixture";
import { HighArrivals } from "./high-arrivals";
import { IncidentLedger } from "./incident-ledger";

const row = (id: string, severity: string | null, over: Partial<IncidentRow> = {}) =>
  makeRow({ id, severity, lastModificationTime: "2026-11-24T12:00:00.000Z", ...over });
const coverage = { asOf: "2026-11-24T14:00:00.000Z", entries: [], unreadableRows: 0 };
const figures = { total: 0, facets: {} as never };

/** A list that was read to its end with these rows, and what is watched in it. */
function watched(rows: readonly IncidentRow[], filter: Partial<ViewFilter> = {}) {
  const ledger = new IncidentLedger();
  const arrivals = new HighArrivals(ledger, { ...defaultView.filter, ...filter });
  const heard = vi.fn();
  const stop = arrivals.subscribe(heard);
  const { pass } = ledger.getState();
  ledger.takeRegistered(pass, { rows, coverage, figures, end: "whole" });
  const amend = (come: readonly IncidentRow[], left: readonly IncidentRow[] = []) =>
    ledger.amend(pass, { rows: come, left: left.map(keyOf), createdFrom: null, coverage, figures });
  const seeAll = () => arrivals.acknowledge(new Set(arrivals.getUnseen().map(keyOf)));
  return { arrivals, heard, amend, seeAll, stop, ids: () => arrivals.getUnseen().map(({ id }) => id) };
}

describe("what came with the highest severity and nobody has seen", () => {
  it("is not what the first reading brings, nor anything milder", () => {
    const { ids, heard, amend } = watched([row("1", "High")]);
    amend([row("2", "Medium"), row("3", null), row("4", "Catastrophic")]);
    expect(ids()).toEqual([]);
    expect(heard).not.toHaveBeenCalled();
  });

  it("is what arrives later, oldest arrival first, until it is acknowledged", () => {
    const { arrivals, ids, heard, amend, seeAll } = watched([row("1", "High")]);
    amend([row("2", "High")]);
    amend([row("3", "High")]);
    expect(ids()).toEqual(["2", "3"]);
    expect(heard).toHaveBeenCalledTimes(2);
    arrivals.acknowledge(new Set([keyOf(row("2", "High"))]));
    expect(ids()).toEqual(["3"]);
    seeAll();
    expect(ids()).toEqual([]);
    const asItWas = arrivals.getUnseen();
    seeAll();
    expect(arrivals.getUnseen()).toBe(asItWas);
  });

  it("is what was raised, once, and no longer what was lowered or has left the list", () => {
    const later = { lastModificationTime: "2026-11-24T13:00:00.000Z" };
    const { ids, amend } = watched([row("1", "Low"), row("2", "Low")]);
    amend([row("1", "High", later), row("2", "High", later), row("3", "High")]);
    expect(ids()).toEqual(["1", "2", "3"]);
    const latest = { lastModificationTime: "2026-11-24T13:30:00.000Z" };
    amend([row("1", "High", { ...latest, alertsCount: 9 }), row("2", "Low", latest)], [row("3", "High")]);
    expect(ids()).toEqual(["1"]);
  });

  it("does not come back when a seen one changes", () => {
    const { ids, amend, seeAll } = watched([]);
    amend([row("1", "High")]);
    seeAll();
    amend([row("1", "High", { lastModificationTime: "2026-11-24T15:00:00.000Z", alertsCount: 7 })]);
    expect(ids()).toEqual([]);
  });

  it("is only what the view shows", () => {
    const { ids, amend } = watched([], { tactics: { mode: "any", values: ["Impact"] } });
    amend([row("1", "High", { tactics: ["Impact"] }), row("2", "High", { tactics: ["Discovery"] })]);
    expect(ids()).toEqual(["1"]);
  });

  it("is heard of no more after the end", () => {
    const { ids, amend, stop } = watched([]);
    stop();
    amend([row("1", "High")]);
    expect(ids()).toEqual([]);
  });
});
