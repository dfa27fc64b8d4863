import type { Webhook } from "@/lib/contract";

/** `unknown`: upstream used a word that nobody has documented, or none. */
export const webhookStates = ["active", "paused", "disabled", "unknown"] as const;
export type WebhookState = (typeof webhookStates)[number];

/** Words that upstream might use; only the three verbs are documented, so the set is a guess and open. */
const words: Readonly<Record<string, WebhookState>> = {
  active: "active",
  enabled: "active",
  running: "active",
  paused: "paused",
  suspended: "paused",
  disabled: "disabled",
  autodisabled: "disabled",
  failed: "disabled",
};

/** The state of a webhook by its status word, whatever its spelling. */
export function webhookState(webhook: Pick<Webhook, "status">): WebhookState {
  const word = (webhook.status ?? "").toLowerCase().replace(/[^a-z]/g, "");
  return Object.hasOwn(words, word) ? (words[word] ?? "unknown") : "unknown";
}

/** The three verbs; which one fits depends on the state. */
export const webhookActs = ["pause", "resume", "enable"] as const;
export type WebhookAct = (typeof webhookActs)[number];

const fitting: Readonly<Record<WebhookState, readonly WebhookAct[]>> = {
  active: ["pause"],
  paused: ["resume"],
  disabled: ["enable"],
  // What fits cannot be known; upstream decides.
  unknown: webhookActs,
};

export function fittingActs(state: WebhookState): readonly WebhookAct[] {
  return fitting[state];
}
