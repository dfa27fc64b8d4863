import { cx } from "@/components/ui/class-names";
import type { WebhookState } from "@/lib/domain/webhook-state";
import { stateWords } from "./state-words";

const inks: Readonly<Record<WebhookState, string>> = {
  active: "text-normal",
  paused: "text-quiet",
  disabled: "text-danger",
  unknown: "text-quiet",
};

const stroke = { fill: "none", stroke: "currentColor", strokeWidth: 1.8 } as const;

const shapes: Readonly<Record<WebhookState, React.ReactNode>> = {
  active: <circle cx="8" cy="8" r="5" fill="currentColor" />,
  paused: <path d="M6 3.5v9M10 3.5v9" {...stroke} />,
  disabled: (
    <>
      <circle cx="8" cy="8" r="5" {...stroke} />
      <path d="m4.5 11.5 7-7" {...stroke} />
    </>
  ),
  unknown: <circle cx="8" cy="8" r="5" {...stroke} strokeDasharray="2.6 2.6" />,
};

/** The state of a webhook by shape and word; red only where ContraForce has given up. */
export function StateMark({
  state,
  className,
}: {
  readonly state: WebhookState;
  readonly className?: string;
}) {
  const { label, about } = stateWords[state];
  return (
    <span data-tip={about} className={cx("inline-flex min-w-0 items-center gap-1.5", inks[state], className)}>
      <svg viewBox="0 0 16 16" aria-hidden="true" className="size-3 shrink-0">
        {shapes[state]}
      </svg>
      <span className="truncate">{label}</span>
    </span>
  );
}
