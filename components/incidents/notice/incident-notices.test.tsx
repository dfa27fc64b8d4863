import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import { makeRow } from "@/lib/domain/incident-view-fixture";
import type { ListChanges } from "@/lib/domain/register";
import {
  changed,
  problem,
  type RegisterAnswer,
  registered,
  renderQueue,
  showPopover,
  standInForPopovers,
} from "../testing/queue-harness";
import { setNoticeChoice } from "./notice-choice";

/** A sound system that counts its tones, and may be silent until somebody has clicked. */
class FakeAudio {
  static tones = 0;
  static isAllowed = true;
  currentTime = 0;
  destination = {};
  onstatechange: (() => void) | null = null;
  state = FakeAudio.isAllowed ? "running" : "suspended";
  createOscillator = () => ({
    frequency: { value: 0 },
    connect: <To,>(to: To) => to,
    start: () => {
      FakeAudio.tones += 1;
    },
    stop: () => undefined,
  });
  createGain = () => ({
    gain: {
      setValueAtTime: () => undefined,
      linearRampToValueAtTime: () => undefined,
      exponentialRampToValueAtTime: () => undefined,
    },
    connect: <To,>(to: To) => to,
  });
  resume = async () => {
    if (!FakeAudio.isAllowed || this.state === "running") return;
    this.state = "running";
    this.onstatechange?.();
  };
  close = async () => undefined;
}

/** Notices that the desktop shows now. */
const onDesktop = new Map<string, FakeNotification>();
class FakeNotification {
  static permission: NotificationPermission = "granted";
  static requestPermission = async () => FakeNotification.permission;
  onclick: (() => void) | null = null;
  constructor(
    readonly title: string,
    readonly options: { readonly body: string; readonly tag: string },
  ) {
    onDesktop.set(title, this);
  }
  close() {
    onDesktop.delete(this.title);
  }
}

beforeEach(() => {
  standInForPopovers();
  FakeAudio.tones = 0;
  FakeAudio.isAllowed = true;
  FakeNotification.permission = "granted";
  onDesktop.clear();
  vi.stubGlobal("AudioContext", FakeAudio);
  vi.stubGlobal("Notification", FakeNotification);
});

afterEach(() => {
  cleanup();
  localStorage.clear();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const incident = (id: string, severity: string, over: Partial<IncidentRow> = {}) =>
  makeRow({
    id,
    title: id,
    severity,
    creationTime: new Date().toISOString(),
    workspaceName: "Contoso",
    ...over,
  });

/** The queue over a register in which these arrive after it was read, and after notices are on where they are. */
async function queueWithArrivals(...arrivals: IncidentRow[]) {
  let rows: ListChanges["rows"] = [];
  const register: RegisterAnswer = (url) =>
    url.includes("/incidents/changes?")
      ? changed({ rows, total: 1 + rows.length })
      : registered([incident("old", "High")]);
  renderQueue(() => problem("INTERNAL"), "", { register });
  await screen.findByText("1 open");
  if (localStorage.length > 0) await screen.findByRole("button", { name: /^Notices of this view/ });
  rows = registered(arrivals).incidents;
  fireEvent.keyDown(document.body, { key: "r" });
}

const card = () => screen.getByRole("region", { name: "New High incidents" });
const told = async () => within(await screen.findByRole("region", { name: "New High incidents" }));

describe("notices of new High incidents", () => {
  it("are off by default: nothing is told, and nothing sounds", async () => {
    await queueWithArrivals(incident("a", "High"));
    await screen.findByText("a");
    expect(screen.queryByRole("region", { name: "New High incidents" })).toBeNull();
    expect([FakeAudio.tones, onDesktop.size]).toEqual([0, 0]);
  });

  it("are switched on for the view in its menu, which lets the sound be heard", async () => {
    await queueWithArrivals();
    showPopover("Views");
    fireEvent.click(await screen.findByRole("menuitem", { name: "Notices…" }));
    fireEvent.click(await screen.findByRole("switch", { name: "Sound" }));
    expect(FakeAudio.tones).toBe(2);
    fireEvent.click(screen.getByRole("switch", { name: "Desktop notice" }));
    fireEvent.click(screen.getByRole("button", { name: "Done" }));
    await screen.findByRole("button", { name: "Notices of this view: sound, and on the desktop" });
  });

  it("name what arrived and what it rests on, sound, and end when somebody says Seen", async () => {
    setNoticeChoice("main", null, "both");
    await queueWithArrivals(incident("a", "High"), incident("b", "Medium"), incident("c", "High"));
    const words = await told();
    await words.findByText("2 new High incidents");
    expect(words.getByText("a")).toBeTruthy();
    expect(words.queryByText("b")).toBeNull();
    expect(FakeAudio.tones).toBe(2);
    expect([...onDesktop.keys()]).toEqual(["High: a", "High: c"]);
    fireEvent.click(words.getByRole("button", { name: /^Seen/ }));
    expect(card().textContent).toBe("");
    expect(onDesktop.size).toBe(0);
  });

  it("end by the keyboard, and by opening the incident", async () => {
    setNoticeChoice("main", null, "desktop");
    await queueWithArrivals(incident("a", "High"), incident("c", "High"));
    const words = await told();
    await words.findByText("2 new High incidents");
    onDesktop.get("High: a")?.onclick?.();
    await words.findByText("A new High incident");
    expect([...onDesktop.keys()]).toEqual(["High: c"]);
    expect(FakeAudio.tones).toBe(0);
    fireEvent.keyDown(document.body, { key: "N", shiftKey: true });
    await waitFor(() => expect(card().textContent).toBe(""));
  });

  it("say that the browser allows no sound yet, and sound once it does", async () => {
    FakeAudio.isAllowed = false;
    setNoticeChoice("main", null, "sound");
    await queueWithArrivals(incident("a", "High"));
    const words = await told();
    await words.findByText("The browser allows no sound before a click or a key in this page.");
    FakeAudio.isAllowed = true;
    fireEvent.pointerDown(document.body);
    await waitFor(() => expect(FakeAudio.tones).toBe(2));
    expect(words.queryByText(/allows no sound/)).toBeNull();
  });

  it("say so where the browser shows no notices of the site", async () => {
    FakeNotification.permission = "denied";
    setNoticeChoice("main", null, "desktop");
    await queueWithArrivals(incident("a", "High"));
    await (await told()).findByText("A new High incident");
    expect(onDesktop.size).toBe(0);
    fireEvent.click(screen.getByRole("button", { name: /^Notices of this view/ }));
    await screen.findByText("The browser shows no notices of this site");
  });
});
