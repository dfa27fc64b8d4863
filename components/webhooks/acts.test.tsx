import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { CredentialsDialog } from "./credentials-dialog";
import { DeleteDialog } from "./delete-dialog";
import { StateDialog } from "./state-dialog";
import { draw, problem, webhookId, webhookOf } from "./testing/draw";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const type = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const button = (name: string) => screen.getByRole<HTMLButtonElement>("button", { name });

describe("pause, with its reason", () => {
  const address = `POST webhooks/${webhookId}/state`;

  it("is not sent without a reason", () => {
    const { sent } = draw(<StateDialog org="main" webhook={webhookOf()} act="pause" onClose={vi.fn()} />, {});
    expect(screen.getByRole("dialog", { name: "Pause SIEM bridge?" })).toBeTruthy();
    fireEvent.submit(document.querySelector("#webhook-state")!);
    expect(screen.getByText("Say why, in a few words.")).toBeTruthy();
    expect(sent).toEqual([]);
  });

  it("sends verb and reason once", async () => {
    const onClose = vi.fn();
    const { sent } = draw(<StateDialog org="main" webhook={webhookOf()} act="pause" onClose={onClose} />, {
      [address]: webhookOf({ status: "Paused" }),
      "GET v2/webhooks": [],
    });
    type("Reason", "  SIEM upgrade tonight ");
    fireEvent.submit(document.querySelector("#webhook-state")!);
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    const posts = sent.filter(({ method }) => method === "POST");
    expect(posts.map(({ body }) => body)).toEqual([{ act: "pause", reason: "SIEM upgrade tonight" }]);
  });

  it("with an unknown outcome is settled by the state that is read", async () => {
    const { sent } = draw(<StateDialog org="main" webhook={webhookOf()} act="pause" onClose={vi.fn()} />, {
      [address]: problem("OUTCOME_UNKNOWN", { upstreamRequestId: undefined }),
      [`GET v2/webhooks/${webhookId}`]: webhookOf({ status: "Paused" }),
      "GET v2/webhooks": [],
    });
    type("Reason", "maintenance");
    fireEvent.submit(document.querySelector("#webhook-state")!);
    expect(await screen.findByText("Unknown whether it happened")).toBeTruthy();
    fireEvent.click(button("Read it again"));
    expect(await screen.findByText("The webhook is paused now.")).toBeTruthy();
    expect(sent.filter(({ method }) => method === "POST")).toHaveLength(1);
    expect(button("Pause webhook").disabled).toBe(true);
  });
});

describe("delete", () => {
  const address = `DELETE v2/webhooks/${webhookId}`;
  const show = (answers: Parameters<typeof draw>[1], onDeleted = vi.fn()) => ({
    ...draw(<DeleteDialog org="main" webhook={webhookOf()} onClose={vi.fn()} onDeleted={onDeleted} />, {
      "GET v2/webhooks": [],
      ...answers,
    }),
    onDeleted,
  });

  it("is offered only once the name is typed", async () => {
    const { sent, onDeleted } = show({ [address]: { ok: true } });
    expect(button("Delete webhook").disabled).toBe(true);
    type("Type SIEM bridge to delete it", "SIEM");
    expect(button("Delete webhook").disabled).toBe(true);
    type("Type SIEM bridge to delete it", "SIEM bridge");
    fireEvent.submit(document.querySelector("#delete-webhook")!);
    await waitFor(() => expect(onDeleted).toHaveBeenCalled());
    expect(sent.filter(({ method }) => method === "DELETE")).toHaveLength(1);
  });

  it("does not take 'false' for done", async () => {
    const { onDeleted } = show({ [address]: { ok: false } });
    type("Type SIEM bridge to delete it", "SIEM bridge");
    fireEvent.submit(document.querySelector("#delete-webhook")!);
    expect((await screen.findByRole("alert")).textContent).toContain("did not delete it");
    expect(onDeleted).not.toHaveBeenCalled();
  });

  it("with an unknown outcome is done when it can no longer be found", async () => {
    const { onDeleted } = show({
      [address]: null,
      [`GET v2/webhooks/${webhookId}`]: problem("UPSTREAM_NOT_FOUND"),
    });
    type("Type SIEM bridge to delete it", "SIEM bridge");
    fireEvent.submit(document.querySelector("#delete-webhook")!);
    await screen.findByText("Unknown whether it happened");
    fireEvent.click(button("Read it again"));
    expect(await screen.findByText("ContraForce no longer has this webhook.")).toBeTruthy();
    fireEvent.click(within(screen.getByRole("dialog")).getAllByRole("button", { name: "Close" }).at(-1)!);
    expect(onDeleted).toHaveBeenCalled();
  });
});

describe("credentials are write-only", () => {
  it("start empty, ask for a tick that names the webhook, and leave nothing in the caches", async () => {
    const onClose = vi.fn();
    const webhook = webhookOf({ authenticationType: "BasicAuth" });
    const { sent, client } = draw(<CredentialsDialog org="main" webhook={webhook} onClose={onClose} />, {
      "GET v2/webhooks": [],
      [`GET v2/webhooks/${webhookId}`]: webhook,
      [`POST v2/webhooks/${webhookId}/credentials`]: {
        id: webhookId,
        authenticationType: "BasicAuth",
        hasSigningToken: false,
      },
    });
    expect(screen.getByLabelText<HTMLInputElement>("Password").value).toBe("");
    type("User name", "receiver");
    type("Password", "very-secret-word");
    expect(button("Replace credentials").disabled).toBe(true);
    fireEvent.click(screen.getByLabelText("Replace what SIEM bridge uses now"));
    fireEvent.submit(document.querySelector("#credentials")!);
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(sent.find(({ method }) => method === "POST")?.body).toEqual({
      authenticationType: "BasicAuth",
      username: "receiver",
      password: "very-secret-word",
    });
    const kept = JSON.stringify(
      client
        .getMutationCache()
        .getAll()
        .map(({ state }) => state),
    );
    expect(kept).not.toContain("very-secret-word");
  });
});
