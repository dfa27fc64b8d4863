import type { WebhookAct, WebhookState } from "@/lib/domain/webhook-state";

/** A state in a word, and what it means. */
export const stateWords: Readonly<Record<WebhookState, { readonly label: string; readonly about: string }>> =
  {
    active: { label: "Active", about: "Events are sent as they happen." },
    paused: { label: "Paused", about: "A person paused it. Nothing is sent until it is resumed." },
    disabled: {
      label: "Auto-disabled",
      about: "ContraForce disabled it after repeated failures. Nothing is sent until it is enabled.",
    },
    unknown: {
      label: "Not known",
      about: "ContraForce uses a word for its state that nobody has documented.",
    },
  };

interface ActWords {
  readonly verb: string;
  /** "Paused webhook SIEM bridge". */
  readonly done: string;
  readonly about: string;
  readonly tone: "primary" | "danger";
}

/** The three verbs. They are not the same: `enable` undoes ContraForce's own disabling, `resume` a person's pause. */
export const actWords: Readonly<Record<WebhookAct, ActWords>> = {
  pause: {
    verb: "Pause",
    done: "Paused",
    about:
      "Nothing is sent to it until it is resumed. Whether ContraForce keeps what happens meanwhile is not documented: expect to lose it.",
    tone: "danger",
  },
  resume: {
    verb: "Resume",
    done: "Resumed",
    about: "Events are sent again from now on. What happened during the pause may not be sent.",
    tone: "primary",
  },
  enable: {
    verb: "Enable",
    done: "Enabled",
    about:
      "ContraForce disabled it after repeated failures. Enable it once the receiver answers again, else it is disabled again.",
    tone: "primary",
  },
};
