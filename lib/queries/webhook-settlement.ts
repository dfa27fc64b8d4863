import type { DeliveryLog, Webhook } from "@/lib/contract/shapes/webhook";
import { type WebhookAct, type WebhookState, webhookState } from "@/lib/domain/webhook-state";
import type { CreateBody, CredentialsBody, UpdateBody } from "./webhook-bodies";

/** What a later reading says of a change whose answer was lost. */
export interface Settlement {
  readonly verdict: "happened" | "not-happened" | "cannot-tell";
  /** What was found, and what follows from it. */
  readonly sentence: string;
  /** What it concerns, where the reading found it: a webhook made, a delivery sent. */
  readonly found: {
    readonly kind: "webhook" | "delivery";
    readonly id: string;
    readonly createdAt: string | null;
  } | null;
}

const settled = (
  verdict: Settlement["verdict"],
  sentence: string,
  found: Settlement["found"] = null,
): Settlement => ({ verdict, sentence, found });

/** A webhook with this name and address that was not there before the call. */
export function createSettlement(
  wanted: Pick<CreateBody, "name" | "url">,
  before: readonly Webhook[] | null,
  now: readonly Webhook[],
): Settlement {
  const alike = now.filter(({ name, url }) => name === wanted.name && url === wanted.url);
  if (alike.length === 0)
    return settled("not-happened", "ContraForce has no webhook of this name and address.");
  if (before === null)
    return settled(
      "cannot-tell",
      "ContraForce has a webhook of this name and address, but nobody read whether it was there before.",
    );
  const known = new Set(before.map(({ id }) => id));
  const made = alike.find(({ id }) => !known.has(id));
  return made
    ? settled(
        "happened",
        "The webhook exists. Its signing secret was in the lost answer and is not shown again: delete it and create it anew, or replace its credentials with a signing token of your own.",
        { kind: "webhook", id: made.id, createdAt: null },
      )
    : settled("not-happened", "The webhooks of this name and address were all there before.");
}

/** Whether each member that was sent is what stands there now. */
export function updateSettlement(wanted: UpdateBody, now: Webhook): Settlement {
  const { name, description, url, eventTypes } = wanted;
  const isSame =
    (name == null || name === now.name) &&
    (description === undefined || (description ?? "") === (now.description ?? "")) &&
    (url == null || url === now.url) &&
    (eventTypes == null || sameSet(eventTypes, now.eventTypes ?? []));
  return isSame
    ? settled("happened", "The webhook is as you wanted it.")
    : settled("not-happened", "The webhook is as it was before.");
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return new Set(a).size === new Set(b).size && a.every((each) => b.includes(each));
}

export function deleteSettlement(isMissing: boolean): Settlement {
  return isMissing
    ? settled("happened", "ContraForce no longer has this webhook.")
    : settled("not-happened", "The webhook is still there.");
}

const stateWords: Readonly<Record<Exclude<WebhookState, "unknown">, string>> = {
  active: "active",
  paused: "paused",
  disabled: "disabled by ContraForce",
};
const reached: Readonly<Record<WebhookAct, WebhookState>> = {
  pause: "paused",
  resume: "active",
  enable: "active",
};

/** Whether the webhook stands where the verb leads. A state word that we do not know tells nothing. */
export function stateSettlement(act: WebhookAct, now: Pick<Webhook, "status">): Settlement {
  const state = webhookState(now);
  if (state === "unknown")
    return settled(
      "cannot-tell",
      `ContraForce gives its state as ${now.status ?? "nothing"}, which Watchfloor does not know.`,
    );
  return state === reached[act]
    ? settled("happened", `The webhook is ${stateWords[state]} now.`)
    : settled("not-happened", `The webhook is ${stateWords[state]}.`);
}

/** Secrets never come back: only a type that changed tells. */
export function credentialsSettlement(
  wanted: Pick<CredentialsBody, "authenticationType">,
  before: Pick<Webhook, "authenticationType"> | null,
  now: Pick<Webhook, "authenticationType">,
): Settlement {
  if (now.authenticationType !== wanted.authenticationType)
    return settled("not-happened", "The webhook still has the credentials from before.");
  if (before !== null && before.authenticationType !== now.authenticationType)
    return settled("happened", "The webhook has the new credentials.");
  return settled(
    "cannot-tell",
    "The kind of credentials is the same before and after, and secrets are never read back. Send a test event, or replace them once more.",
  );
}

const deliveryFound = ({ id, createdAt }: DeliveryLog) => ({ kind: "delivery", id, createdAt }) as const;

/** A test delivery that was not in the log before. */
export function testSettlement(
  before: readonly DeliveryLog[] | null,
  now: readonly DeliveryLog[],
): Settlement {
  if (before === null)
    return settled("cannot-tell", "Nobody read the log before the test. Look for it there.");
  const known = new Set(before.map(({ id }) => id));
  const made = now.find(({ id, isTest }) => isTest === true && !known.has(id));
  return made
    ? settled("happened", "The test is in the delivery log.", deliveryFound(made))
    : settled("not-happened", "No new test is in the delivery log.");
}

/** What a redelivery leaves behind: a time at the original, and a delivery that points back to it. */
export interface RedeliverySigns {
  readonly original: DeliveryLog;
  readonly copies: readonly DeliveryLog[];
}

/** Either sign will do: which of them upstream keeps is not documented. */
export function redeliverySettlement(before: RedeliverySigns | null, now: RedeliverySigns): Settlement {
  const asked = now.original.redeliveryRequestedAt;
  const known = new Set(before?.copies.map(({ id }) => id));
  const copy = now.copies.find(({ id }) => !known.has(id)) ?? null;
  if (asked === null && copy === null)
    return settled("not-happened", "ContraForce has no record that this delivery was sent again.");
  if (before === null)
    return settled("cannot-tell", "It was sent again at some time, but nobody read whether by this request.");
  if (copy) return settled("happened", "ContraForce sent it again.", deliveryFound(copy));
  return asked === before.original.redeliveryRequestedAt
    ? settled("not-happened", "The last redelivery that ContraForce knows of is older than this one.")
    : settled("happened", "ContraForce took the redelivery; its result is not in the log yet.");
}
