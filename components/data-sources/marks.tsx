import type { ReactNode } from "react";
import { cx } from "@/components/ui/class-names";
import type { CellState } from "@/lib/domain/data-source-matrix";
import { anomalyStateNames, cellStateWords } from "@/lib/domain/data-source-words";
import type { AnomalyState } from "@/lib/domain/data-sources";

const stroke = { fill: "none", stroke: "currentColor", strokeWidth: 1.6 } as const;
const round = { strokeLinecap: "round", strokeLinejoin: "round" } as const;

const alarm = (
  <>
    <rect x="1.5" y="1.5" width="13" height="13" rx="3" fill="currentColor" />
    <path d="M8 4.6v4.2M8 11.3v.1" stroke="var(--page)" strokeWidth="2" strokeLinecap="round" />
  </>
);
const ring = <circle cx="8" cy="8" r="5" {...stroke} />;
const dashedRing = <circle cx="8" cy="8" r="5" {...stroke} strokeDasharray="2.6 2.6" />;
const tick = <path d="m3.5 8.4 3 3 6-6.6" {...stroke} {...round} />;
const hatch = (
  <>
    <rect x="2" y="2" width="12" height="12" rx="2" {...stroke} strokeWidth="1.2" />
    <path d="m2.5 9.5 7-7M2.5 13.5l11-11M6.5 13.5l7-7" {...stroke} strokeWidth="1.2" />
  </>
);

/** Shape and ink; colour says nothing here, so that it stands out by form alone. */
const cellMarks: Record<CellState, { readonly shape: ReactNode; readonly ink: string }> = {
  anomaly: { shape: alarm, ink: "text-strong" },
  connected: { shape: tick, ink: "text-quiet" },
  disconnected: {
    shape: (
      <>
        {ring}
        <path d="m4.5 11.5 7-7" {...stroke} {...round} />
      </>
    ),
    ink: "text-strong",
  },
  gone: {
    shape: (
      <>
        {dashedRing}
        <path d="m4.5 11.5 7-7" {...stroke} {...round} />
      </>
    ),
    ink: "text-strong",
  },
  unsaid: { shape: dashedRing, ink: "text-quiet" },
  never: { shape: <circle cx="8" cy="8" r="1.2" fill="currentColor" />, ink: "text-quiet" },
  unread: { shape: hatch, ink: "text-quiet" },
};

const anomalyMarks: Record<AnomalyState, { readonly shape: ReactNode; readonly ink: string }> = {
  open: { shape: alarm, ink: "text-strong" },
  unconfirmed: { shape: hatch, ink: "text-strong" },
  lapsed: { shape: dashedRing, ink: "text-quiet" },
  closed: { shape: tick, ink: "text-quiet" },
};

function Shape({ shape, ink }: { readonly shape: ReactNode; readonly ink: string }) {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" className={cx("size-4 shrink-0", ink)}>
      {shape}
    </svg>
  );
}

/** A cell's state by its shape. `words` is its tip, and what a screen reader says. */
export function CellMark({ state, words }: { readonly state: CellState; readonly words: string }) {
  return (
    <span data-tip={words} className="inline-flex size-6 items-center justify-center">
      <Shape {...cellMarks[state]} />
      <span className="sr-only">{words}</span>
    </span>
  );
}

/** An anomaly's state by its shape. */
export function AnomalyMark({ state }: { readonly state: AnomalyState }) {
  return (
    <span data-tip={anomalyStateNames[state]} className="inline-flex items-center">
      <Shape {...anomalyMarks[state]} />
      <span className="sr-only">{anomalyStateNames[state]}</span>
    </span>
  );
}

/** A mark with its word or its count, where space allows both. */
export function MarkWithWord({
  state,
  children,
}: {
  readonly state: CellState;
  readonly children: ReactNode;
}) {
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <Shape {...cellMarks[state]} />
      {children}
    </span>
  );
}

const always: readonly CellState[] = ["connected", "anomaly", "disconnected", "never", "unread"];

/** What the marks mean: those that there are always, and the rarer ones when they occur. */
export function MarkLegend({ rare }: { readonly rare: ReadonlySet<CellState> }) {
  const states = [...always, ...(["gone", "unsaid"] as const).filter((state) => rare.has(state))];
  return (
    <ul aria-label="What the marks mean" className="flex flex-wrap gap-x-4 gap-y-1 text-12 text-normal">
      {states.map((state) => (
        <li key={state}>
          <MarkWithWord state={state}>
            {cellStateWords[state].charAt(0).toUpperCase() + cellStateWords[state].slice(1)}
          </MarkWithWord>
        </li>
      ))}
    </ul>
  );
}
