"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { FailureBar } from "@/components/data/failure-panel";
import { useFormatTime } from "@/components/data/use-format-time";
import { useSession } from "@/components/shell/session";
import { Time } from "@/components/shell/time";
import { moveFocus } from "@/components/ui/menu-keys";
import { Segmented } from "@/components/ui/segmented";
import { Skeleton } from "@/components/ui/skeleton";
import { describeCoverage, summariseCoverage } from "@/lib/domain/coverage";
import { describeStack, describeStacks, narrowedTo, stackKindNames } from "@/lib/domain/incident-stack";
import type { ViewFilter } from "@/lib/domain/incident-view";
import {
  isWholeAnswer,
  type Stack,
  type StackKind,
  stackKinds,
  type StacksAnswer,
} from "@/lib/domain/register";
import { stacksQuery } from "@/lib/queries/stacks";

export interface StackPanelProps {
  readonly filter: ViewFilter;
  readonly onFilter: (next: (filter: ViewFilter) => ViewFilter) => void;
  readonly close: () => void;
}

/** The last choice, for the next opening. */
let lastKind: StackKind = "title";

/** What the matching incidents have in common, the most frequent first. Choosing one narrows the list to it. */
export function StackPanel({ filter, onFilter, close }: StackPanelProps) {
  const { organisation } = useSession();
  const [by, setBy] = useState(lastKind);
  const query = useQuery({
    ...stacksQuery(organisation.slug, filter, by),
    placeholderData: keepPreviousData,
  });
  // While another kind is on its way, its predecessor's stacks would be read as its own.
  const answer = query.data?.by === by ? query.data : undefined;
  return (
    <div className="flex flex-col">
      <div className="border-b border-line p-2">
        <Segmented
          label="Stack by"
          value={by}
          options={stackKinds.map((value) => ({ value, label: stackKindNames[value] }))}
          onChange={(kind) => {
            lastKind = kind;
            setBy(kind);
          }}
        />
      </div>
      {query.error ? (
        <FailureBar
          error={query.error}
          onRetry={() => void query.refetch()}
          unaffected="The list itself works as ever."
        />
      ) : null}
      {answer ? (
        <StackList
          answer={answer}
          onChoose={(stack) => {
            close();
            onFilter((current) => narrowedTo(current, by, stack) ?? current);
          }}
          isOpenTo={(stack) => narrowedTo(filter, by, stack) !== null}
        />
      ) : query.error ? null : (
        <Skeleton className="m-3 h-72" />
      )}
    </div>
  );
}

interface StackListProps {
  readonly answer: StacksAnswer;
  readonly onChoose: (stack: Stack) => void;
  /** Whether the list can be narrowed to the stack. */
  readonly isOpenTo: (stack: Stack) => boolean;
}

function StackList({ answer, onChoose, isOpenTo }: StackListProps) {
  const { by, stacks } = answer;
  const formatTime = useFormatTime();
  const summary = summariseCoverage(answer.coverage);
  const highest = stacks[0]?.incidents ?? 1;
  return (
    <>
      <p className="px-3 pt-2 text-12 text-quiet">{describeStacks(by, answer, !isWholeAnswer(answer))}</p>
      {stacks.length === 0 ? (
        <p className="px-3 pt-3 pb-4 text-13 text-normal">Nothing to stack by this.</p>
      ) : (
        <ul
          className="max-h-96 overflow-y-auto p-1"
          onKeyDown={(event) =>
            moveFocus(event, [...event.currentTarget.querySelectorAll<HTMLElement>("button:not(:disabled)")])
          }
        >
          {stacks.map((stack) => (
            <li key={stack.value}>
              <StackLine
                by={by}
                stack={stack}
                share={stack.incidents / highest}
                onChoose={isOpenTo(stack) ? () => onChoose(stack) : null}
              />
            </li>
          ))}
        </ul>
      )}
      <p className="border-t border-line px-3 py-2 text-12 text-quiet">
        {answer.kinds > stacks.length
          ? `The ${stacks.length} highest of ${answer.kinds.toLocaleString("en")}. `
          : ""}
        {summary.complete
          ? "Counts of all that match."
          : `Of what was read: ${describeCoverage(summary, formatTime)}.`}
        {answer.window.isCovered ? "" : " A part of this time was never read."}
      </p>
    </>
  );
}

interface StackLineProps {
  readonly by: StackKind;
  readonly stack: Stack;
  /** Of the highest stack, 0 to 1. */
  readonly share: number;
  /** Null: its value is too long to be searched for. */
  readonly onChoose: (() => void) | null;
}

function StackLine({ by, stack, share, onChoose }: StackLineProps) {
  const { name, about } = describeStack(by, stack);
  return (
    <button
      type="button"
      disabled={onChoose === null}
      onClick={onChoose ?? undefined}
      className="focus-inset relative flex min-h-10 w-full items-center gap-3 rounded-control px-2 py-1 text-left text-13 hover:bg-raised"
    >
      <span className="min-w-0 flex-1">
        <span data-tip={name} data-tip-cut="" className="block truncate text-strong">
          {name}
        </span>
        <span className="block truncate text-12 text-quiet">
          {about}
          {about !== "" && stack.latestAt !== null ? " · " : null}
          {stack.latestAt === null ? null : (
            <>
              newest <Time value={stack.latestAt} />
            </>
          )}
        </span>
      </span>
      <span className="flex w-28 shrink-0 items-center gap-2">
        <span aria-hidden="true" className="h-1.5 flex-1 overflow-hidden rounded-full bg-raised">
          <span
            className="block h-full rounded-full bg-edge"
            style={{ width: `${Math.max(2, share * 100)}%` }}
          />
        </span>
        <span className="w-11 text-right text-strong tabular-nums">
          {stack.incidents.toLocaleString("en")}
          <span className="sr-only"> {stack.incidents === 1 ? "incident" : "incidents"}</span>
        </span>
      </span>
    </button>
  );
}
