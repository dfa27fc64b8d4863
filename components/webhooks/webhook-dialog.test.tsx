import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Webhook } from "@/lib/contract/shapes/webhook";
import { draw, type Given, problem, type Sent, webhookId, webhookOf } from "./testing/draw";
import { WebhookDialog } from "./webhook-dialog";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const secret = "whsec_shown-this-once-0123456789";
const type = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const submit = () => fireEvent.submit(document.querySelector<HTMLFormElement>("#webhook")!);
const posts = (sent: readonly Sent[]) => sent.filter(({ method }) => method === "POST");

function fill() {
  type("Name", "SIEM bridge");
  type("Address", "https://siem.example.com/hooks/1");
  fireEvent.click(screen.getByLabelText("incident.created.v1"));
}

function drawNew(created: Given | (() => Given), list: () => Given = () => [], onClose = vi.fn()) {
  const drawn = draw(<WebhookDialog org="main" webhook={null} onClose={onClose} />, {
    "GET v2/webhooks": list,
    "POST v2/webhooks": created,
  });
  return { ...drawn, onClose };
}

describe("a new webhook", () => {
  it("is not sent before every field is right, and each fault stands at its field", () => {
    const { sent } = drawNew({});
    type("Address", "http://siem.example.com/");
    submit();
    expect(screen.getByText("Enter a name.")).toBeTruthy();
    expect(screen.getByText("The address must begin with https://.")).toBeTruthy();
    expect(screen.getByText("Choose at least one event.")).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByLabelText("Name"));
    expect(sent).toEqual([]);
  });

  it("takes an event that is not in the catalogue, by its name; Enter adds it and sends nothing", () => {
    const { sent } = drawNew({});
    type("Another event", "nonsense");
    fireEvent.keyDown(screen.getByLabelText("Another event"), { key: "Enter" });
    expect(screen.getByText(/Event types look like/)).toBeTruthy();
    type("Another event", "ticket.closed.v1");
    fireEvent.keyDown(screen.getByLabelText("Another event"), { key: "Enter" });
    expect(screen.getByRole("button", { name: "Remove ticket.closed.v1" })).toBeTruthy();
    expect(sent).toEqual([]);
  });

  it("shows the secret once, closes only after 'I have stored it', and keeps it in no cache", async () => {
    const { client, onClose, sent } = drawNew({ ...webhookOf(), secret });
    fill();
    submit();
    expect((await screen.findByLabelText<HTMLInputElement>("Signing secret")).value).toBe(secret);
    const dialog = screen.getByRole("dialog");
    expect(posts(sent)).toHaveLength(1);
    const kept = JSON.stringify([
      client
        .getQueryCache()
        .getAll()
        .map(({ state }) => state),
      client
        .getMutationCache()
        .getAll()
        .map(({ state }) => state),
    ]);
    expect(kept).not.toContain(secret);
    fireEvent(dialog, new Event("cancel", { cancelable: true }));
    fireEvent.click(dialog);
    expect(onClose).not.toHaveBeenCalled();
    const close = screen.getByRole<HTMLButtonElement>("button", { name: "Close and forget it" });
    expect(close.disabled).toBe(true);
    fireEvent.click(screen.getByLabelText("I have stored it"));
    fireEvent.click(close);
    expect(onClose).toHaveBeenCalledTimes(1);
  });

  it("says so when the answer holds no secret under a name that is known", async () => {
    drawNew(webhookOf());
    fill();
    submit();
    expect(await screen.findByText(/sent no signing secret/)).toBeTruthy();
  });

  it("shows upstream's refusal at its field", async () => {
    drawNew(problem("UPSTREAM_INVALID", { errors: { url: ["This host is not allowed."] } }));
    fill();
    submit();
    expect(await screen.findByText("This host is not allowed.")).toBeTruthy();
    expect(screen.queryByText(/Unknown whether/)).toBeNull();
  });

  it("tells a failure that belongs to no field as a whole", async () => {
    drawNew(problem("UPSTREAM_FORBIDDEN"));
    fill();
    submit();
    expect(await screen.findByText("No webhook was made.")).toBeTruthy();
  });
});

describe("a creation whose answer was lost", () => {
  const lost = problem("OUTCOME_UNKNOWN");

  async function lose(list: () => Given) {
    const drawn = drawNew(lost, list);
    fill();
    submit();
    await screen.findByText("Unknown whether it happened");
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Create webhook" }).disabled).toBe(true);
    fireEvent.click(screen.getByRole("button", { name: "Read it again" }));
    return drawn;
  }

  it("is settled by reading, never by sending again: it happened", async () => {
    let webhooks: readonly Webhook[] = [];
    const { sent } = await lose(() => {
      const before = webhooks;
      webhooks = [webhookOf()];
      return before;
    });
    expect(await screen.findByText("It happened")).toBeTruthy();
    expect(screen.getByRole("link", { name: "Open the webhook" }).getAttribute("href")).toBe(
      `/main/webhooks/${webhookId}`,
    );
    expect(screen.getByText(/secret was in the lost answer/)).toBeTruthy();
    expect(posts(sent)).toHaveLength(1);
  });

  it("or it did not, and then a person may send it again", async () => {
    const { sent } = await lose(() => []);
    expect(await screen.findByText("It did not happen")).toBeTruthy();
    expect(posts(sent)).toHaveLength(1);
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Create webhook" }).disabled).toBe(false);
    submit();
    await waitFor(() => expect(posts(sent)).toHaveLength(2));
  });

  it("stays unknown when the reading fails", async () => {
    let isDown = false;
    const { sent } = await lose(() => {
      const given = isDown ? problem("UPSTREAM_UNREACHABLE") : [];
      isDown = true;
      return given;
    });
    expect(await screen.findByText("Whether it happened is still unknown.")).toBeTruthy();
    expect(posts(sent)).toHaveLength(1);
  });
});

describe("editing a webhook", () => {
  it("starts from what is stored, and leaves the credentials alone", async () => {
    const onClose = vi.fn();
    const { sent } = draw(<WebhookDialog org="main" webhook={webhookOf()} onClose={onClose} />, {
      "GET v2/webhooks": [],
      [`PUT v2/webhooks/${webhookId}`]: webhookOf({ name: "New" }),
    });
    expect(screen.queryByLabelText("Signing token of your own")).toBeNull();
    type("Name", "New");
    submit();
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(sent.find(({ method }) => method === "PUT")?.body).toEqual({
      name: "New",
      description: null,
      url: "https://siem.example.com/hooks/1",
      eventTypes: ["incident.created.v1"],
    });
  });
});
