import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { RecoveryItem, RecoveryJob } from "@/lib/domain/recovery";
import { type Answers, draw, problem, webhookId, webhookOf } from "../testing/draw";
import { RecoveryJobPage } from "./recovery-job-page";
import { RecoveryPage } from "./recovery-page";

const push = vi.fn();
vi.mock("next/navigation", () => ({ useRouter: () => ({ push }) }));

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  push.mockReset();
});

const jobOf = (over: Partial<RecoveryJob> = {}): RecoveryJob => ({
  id: "job-1",
  state: "planned",
  stoppedBecause: null,
  request: {
    webhookIds: [webhookId],
    from: "2026-11-24T10:00:00.000Z",
    to: "2026-11-24T11:00:00.000Z",
    eventTypes: [],
    accountIds: [],
    statusClasses: [],
    perMinute: 60,
    reason: "SIEM was down",
  },
  perMinute: 60,
  person: { id: "p", name: "Ada", email: "ada@demo.test" },
  createdAt: "2026-11-24T12:00:00Z",
  startedAt: null,
  endedAt: null,
  plan: {
    asOf: "2026-11-24T12:00:00Z",
    examined: 512,
    deliveredLater: 3,
    isComplete: true,
    unreadableRows: 0,
  },
  counts: {
    total: 14,
    waiting: 14,
    sending: 0,
    redelivered: 0,
    skipped: 0,
    refused: 0,
    unknown: 0,
    results: { pending: 0, delivered: 0, failed: 0, unread: 0 },
  },
  slowedUntil: null,
  ...over,
});
const item: RecoveryItem = {
  seq: 1,
  webhookId,
  logId: "log-1",
  createdAt: "2026-11-24T10:00:00Z",
  eventId: "e",
  eventType: "incident.created.v1",
  accountId: null,
  accountName: null,
  subjectId: "i",
  subjectName: "Impossible travel",
  attempts: 5,
  httpStatusCode: 503,
  state: "waiting",
  why: null,
  sentAt: null,
  result: null,
  resultLogId: null,
  resultCreatedAt: null,
  resultHttpStatusCode: null,
};
const showJob = (job: RecoveryJob, more: Answers = {}, over = {}) =>
  draw(
    <RecoveryJobPage jobId="job-1" />,
    {
      "GET webhooks/recovery/job-1": job,
      "GET webhooks/recovery/job-1/items": { items: [item], after: null },
      "GET v2/webhooks": [webhookOf()],
      ...more,
    },
    over,
  );
const posts = (sent: readonly { method: string; body: unknown }[]) =>
  sent.filter(({ method }) => method === "POST").map(({ body }) => body);

describe("planning a recovery", () => {
  it("is filled in from the address, sends only a whole plan, and leads to it", async () => {
    const { sent } = draw(
      <RecoveryPage />,
      {
        "GET webhooks/recovery": { jobs: [] },
        "GET v2/webhooks": [webhookOf()],
        "POST webhooks/recovery": jobOf(),
      },
      {},
      `?webhook=${webhookId}&from=2026-11-24T10:00:30.000Z&to=2026-11-24T11:00:30.000Z`,
    );
    expect((await screen.findByLabelText<HTMLInputElement>("SIEM bridge")).checked).toBe(true);
    fireEvent.submit(document.querySelector("#recovery-plan")!);
    expect(screen.getByText("Say why, in a few words.")).toBeTruthy();
    expect(posts(sent)).toEqual([]);
    fireEvent.change(screen.getByLabelText("Reason"), { target: { value: "SIEM was down" } });
    fireEvent.submit(document.querySelector("#recovery-plan")!);
    await waitFor(() => expect(push).toHaveBeenCalledWith("/main/webhooks/recovery/job-1"));
    expect(posts(sent)).toMatchObject([
      {
        webhookIds: [webhookId],
        // The begun minutes belong to the outage.
        from: "2026-11-24T10:00:00.000Z",
        to: "2026-11-24T11:01:00.000Z",
        perMinute: 60,
        reason: "SIEM was down",
      },
    ]);
  });
});

describe("a recovery", () => {
  it("shows what its plan rests on, and starts only after a question that says how many", async () => {
    const { sent } = showJob(jobOf(), { "POST webhooks/recovery/job-1": jobOf({ state: "running" }) });
    expect((await screen.findByTestId("recovery-plan")).textContent).toContain(
      "14 events to send again, of 512 attempts looked through",
    );
    fireEvent.change(screen.getByLabelText("Events a minute, at most"), { target: { value: "7" } });
    fireEvent.click(screen.getByRole("button", { name: "Start: 14 events" }));
    expect(posts(sent)).toEqual([]);
    expect((await screen.findByRole("dialog")).textContent).toContain(
      "To SIEM bridge, at most 7 a minute, in about 2 min",
    );
    fireEvent.click(screen.getByRole("button", { name: "Redeliver 14 events" }));
    await waitFor(() => expect(posts(sent)).toEqual([{ act: "start", perMinute: 7 }]));
  });

  it("says at least when the plan reached a limit", async () => {
    const job = jobOf();
    showJob(jobOf({ plan: { ...job.plan!, isComplete: false } }));
    expect((await screen.findByTestId("recovery-plan")).textContent).toMatch(
      /at least 14 events.*A limit was reached/,
    );
  });

  it("that stopped by itself says why, and can be resumed", async () => {
    const counts = {
      ...jobOf().counts,
      waiting: 4,
      redelivered: 10,
      results: { pending: 0, delivered: 9, failed: 1, unread: 0 },
    };
    showJob(jobOf({ state: "stopped", stoppedBecause: "Ada may no longer manage webhooks.", counts }));
    expect(await screen.findByText("Ada may no longer manage webhooks.")).toBeTruthy();
    expect(screen.getByRole("button", { name: "Resume: 4 events" })).toBeTruthy();
    expect(screen.getByTestId("recovery-progress").textContent).toBe(
      "10 of 14 events dealt with: 9 delivered, 1 failed again",
    );
  });

  it("that runs can be stopped at once; a refusal is said in its place", async () => {
    const { sent } = showJob(jobOf({ state: "running" }), {
      "POST webhooks/recovery/job-1": problem("CONFLICT"),
    });
    fireEvent.click(await screen.findByRole("button", { name: "Stop" }));
    expect(await screen.findByText("It goes on until it is stopped.")).toBeTruthy();
    expect(posts(sent)).toEqual([{ act: "stop" }]);
  });

  it("can be read, and not touched, by a manager", async () => {
    showJob(jobOf(), {}, { role: "manager", permissions: ["webhooks:read"] });
    expect(
      await screen.findByText("An administrator of this organisation can start and stop it."),
    ).toBeTruthy();
    expect(screen.queryByRole("button", { name: /^Start/ })).toBeNull();
    expect(await screen.findByText("Impossible travel")).toBeTruthy();
  });
});
