import { webhookEventTypes } from "@/lib/contract/vocabulary";

type KnownEvent = (typeof webhookEventTypes)[number];

const about: Readonly<Record<KnownEvent, string>> = {
  "incident.created.v1": "A new incident in any workspace, once, soon after its source reports it.",
  "agent.investigation.completed.v1":
    "An agent finished an investigation. Sent only to the webhook that is chosen on that classification's card in ContraForce.",
};

/** The event types that are documented, each with what it tells. Others may exist; they are typed by hand. */
export const eventCatalogue: readonly { readonly type: string; readonly about: string }[] =
  webhookEventTypes.map((type) => ({ type, about: about[type] }));

/** Whether the vendor documents this event type. */
export const isKnownEvent = (type: string): boolean => eventCatalogue.some((event) => event.type === type);
