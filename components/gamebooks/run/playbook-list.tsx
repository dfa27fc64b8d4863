"use client";

import { useClock } from "@/components/shell/clock";
import { Time, useShownZone } from "@/components/shell/time";
import { CopyButton } from "@/components/ui/copy-button";
import { RawText } from "@/components/ui/raw-text";
import type { Playbook } from "@/lib/contract/shapes/gamebook";
import { formatDuration } from "@/lib/domain/duration";
import { isFailing } from "@/lib/domain/gamebook-run";
import { runState } from "@/lib/domain/gamebook-status";
import { type DurationBasis, inOrder, stepTimes, type TimeBar, timeLine } from "@/lib/domain/gamebook-times";
import { formatInstant, parseInstant } from "@/lib/domain/time";
import { RunStateMark } from "../run-state";

const tips: Readonly<Record<DurationBasis, string>> = {
  told: "As ContraForce tells it",
  measured: "Finish less start",
  running: "Since its start; it has not ended",
};

/** Each playbook of a run, in its order and on one common line of time. */
export function PlaybookList({ playbooks }: { readonly playbooks: readonly Playbook[] }) {
  const nowMs = useClock(15_000);
  const ordered = inOrder(playbooks);
  const line = timeLine(ordered, nowMs);
  return (
    <>
      <ol className="flex flex-col">
        {ordered.map((playbook, index) => (
          <Step
            key={`${playbook.id} ${index}`}
            playbook={playbook}
            bar={line?.bars[index] ?? null}
            nowMs={nowMs}
          />
        ))}
      </ol>
      {line === null ? (
        <p className="mt-2 text-12 text-quiet">No playbook has a time yet.</p>
      ) : (
        <p className="mt-2 flex justify-between border-t border-line pt-1 text-12 text-quiet">
          <Time value={new Date(line.fromMs).toISOString()} mode="absolute" />
          <span>{formatDuration(line.toMs - line.fromMs)} in all</span>
          <Time value={new Date(line.toMs).toISOString()} mode="absolute" />
        </p>
      )}
    </>
  );
}

interface StepProps {
  readonly playbook: Playbook;
  readonly bar: TimeBar | null;
  readonly nowMs: number;
}

function Step({ playbook, bar, nowMs }: StepProps) {
  const { durationMs, basis, isContradictory } = stepTimes(playbook, nowMs);
  const state = runState(playbook.status);
  const zone = useShownZone();
  // To the second: playbooks of a run follow each other within a minute.
  const exact = (iso: string | null) => {
    const ms = parseInstant(iso);
    return ms === null ? null : formatInstant(ms, zone);
  };
  return (
    <li className="border-t border-line py-2.5 first:border-t-0 first:pt-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-13">
        <span className="font-medium text-strong">
          {playbook.name ?? playbook.referenceId ?? "(no name)"}
        </span>
        <RunStateMark status={playbook.status} word />
        <span className="flex-1" />
        <span data-tip={basis === null ? undefined : tips[basis]} className="tabular-nums">
          {durationMs === null ? "–" : formatDuration(durationMs)}
        </span>
      </div>
      <div aria-hidden="true" className="relative mt-1.5 h-1.5 rounded-mark bg-raised">
        {bar === null ? null : (
          <span
            className={`absolute inset-y-0 min-w-0.5 rounded-mark ${isFailing(state) ? "bg-danger" : "bg-edge"}`}
            style={{ left: `${bar.left * 100}%`, width: `${bar.width * 100}%` }}
          />
        )}
      </div>
      <dl className="mt-1.5 grid grid-cols-[88px_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-12">
        <Line name="Affects">
          {playbook.affectedEntity === null ? null : (
            <span className="flex min-w-0 items-center gap-1">
              <span className="truncate font-mono" data-tip={playbook.affectedEntity} data-tip-cut="">
                {playbook.affectedEntity}
              </span>
              {playbook.entityType === null ? null : (
                <span className="text-quiet">{playbook.entityType}</span>
              )}
              <CopyButton text={playbook.affectedEntity} what="affected entity" className="-my-1 size-6!" />
            </span>
          )}
        </Line>
        <Line name="Error">
          {playbook.errorMessage === null ? null : (
            <span className="whitespace-pre-wrap text-danger">{playbook.errorMessage}</span>
          )}
        </Line>
        <Line name="Started">{exact(playbook.startingDate)}</Line>
        <Line name="Finished">{exact(playbook.finishingDate)}</Line>
        <Line name="Clocks">
          {isContradictory ? "It ends before it begins: its times contradict each other" : null}
        </Line>
        <Line name="Approval">{playbook.isAdminRequired === true ? "Needs an owner" : null}</Line>
        <Line name="What it does">{playbook.description}</Line>
      </dl>
      <Parameters value={playbook.parameters} />
    </li>
  );
}

/** A line that stands for as long as there is something to say. */
function Line({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  if (children === null) return null;
  return (
    <>
      <dt className="text-quiet">{name}</dt>
      <dd className="min-w-0 text-normal wrap-anywhere">{children}</dd>
    </>
  );
}

/** A free map: shown on demand, as it came. */
function Parameters({ value }: { readonly value: unknown }) {
  if (value === null || value === undefined) return null;
  const isEmpty = typeof value === "object" && Object.keys(value).length === 0;
  if (isEmpty) return null;
  return (
    <details className="mt-1 text-12">
      <summary className="focus-inset w-fit cursor-pointer rounded-mark pr-1 text-quiet hover:text-strong">
        Parameters
      </summary>
      <RawText text={JSON.stringify(value, null, 2)} label="Parameters" className="mt-1 max-h-48 bg-panel" />
    </details>
  );
}
