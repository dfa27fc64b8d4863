"use client";

import Link from "next/link";
import { FailureCallout } from "@/components/data/failure-panel";
import { Part, PartSkeleton } from "@/components/data/drawer/part";
import { useSession } from "@/components/shell/session";
import { Time } from "@/components/shell/time";
import type { Gamebook } from "@/lib/contract/shapes/gamebook";
import { foldRetries } from "@/lib/domain/gamebook-chains";
import { runKey, runTitle } from "@/lib/domain/gamebook-run";
import { newestFirst } from "@/lib/domain/gamebook-view";
import type { GamebookKey } from "@/lib/routes";
import { runHref } from "../run-href";
import { RunStateMark } from "../run-state";
import { usePlaybooks } from "../use-playbooks";
import { PlaybookList } from "./playbook-list";
import type { RunAtHand } from "./use-run";

export interface RunStoryProps {
  readonly runKeyParts: GamebookKey;
  /** The creation that the address names, while the run itself is not known. */
  readonly created: string | null;
  readonly reading: RunAtHand;
  /** False while somebody only passes by. */
  readonly isWanted?: boolean;
}

/** What the run did, and what came before and after it. For one run in the life of the component: give it a key. */
export function RunStory({ runKeyParts, created, reading, isWanted = true }: RunStoryProps) {
  const { run } = reading;
  const asked = run ?? {
    id: runKeyParts.gamebookId,
    workspaceId: runKeyParts.workspaceId,
    creationDate: created,
    status: null,
    playbooks: [],
  };
  const { playbooks, error, again } = usePlaybooks(
    // The address and the run say the same; where they differ, the address was asked first and stays.
    { ...asked, creationDate: created ?? asked.creationDate },
    isWanted,
  );
  return (
    <>
      <Part title="Playbooks" count={playbooks?.length}>
        {error !== null ? (
          <FailureCallout
            error={error}
            onRetry={again}
            unaffected={
              playbooks === null ? "The rest of the run stands." : "The playbooks shown were read before."
            }
            className="mb-3"
          />
        ) : null}
        {playbooks === null ? (
          error === null ? (
            <PartSkeleton lines={6} />
          ) : null
        ) : playbooks.length === 0 ? (
          <p className="text-13 text-quiet">ContraForce names no playbook of this run.</p>
        ) : (
          <PlaybookList playbooks={playbooks} />
        )}
      </Part>
      <Chain reading={reading} />
    </>
  );
}

/** The run, what it retries and what retries it, where more than itself is known. */
function Chain({ reading: { run, ofIncident } }: { readonly reading: RunAtHand }) {
  const org = useSession().organisation.slug;
  if (run === null) return null;
  const own = runKey(run);
  const chain = foldRetries(newestFirst(ofIncident)).find(({ head, retries }) =>
    [head, ...retries].some((each) => runKey(each) === own),
  );
  const isAlone = chain === undefined || (chain.retries.length === 0 && chain.isFirstRead);
  if (isAlone && !run.originalGamebookId) return null;
  const runs: readonly Gamebook[] = chain === undefined ? [run] : [chain.head, ...chain.retries];
  return (
    <Part title="First run and retries" count={runs.length}>
      {chain?.isFirstRead ? null : (
        <p className="mb-2 text-13 text-quiet">
          The first run{run.originalGamebookTitle === null ? "" : `, “${run.originalGamebookTitle}”,`} is not
          among the runs read.
        </p>
      )}
      <ol className="flex flex-col gap-1 text-13">
        {runs.map((each) => (
          <li key={each.id} className="flex min-w-0 items-center gap-3">
            <RunStateMark status={each.status} word className="w-33 shrink-0" />
            <OtherRun run={each} org={org} isHere={runKey(each) === own} />
            <span className="flex-1" />
            <Time value={each.creationDate} mode="absolute" className="shrink-0 text-quiet" />
          </li>
        ))}
      </ol>
    </Part>
  );
}

function OtherRun(props: { readonly run: Gamebook; readonly org: string; readonly isHere: boolean }) {
  const { run, org, isHere } = props;
  const href = runHref(org, run);
  if (isHere || href === null)
    return (
      <span aria-current={isHere ? "true" : undefined} className="truncate font-medium text-strong">
        {runTitle(run)}
        {isHere ? <span className="font-normal text-quiet"> · this run</span> : null}
      </span>
    );
  return (
    <Link href={href} prefetch={false} className="truncate text-accent underline-offset-2 hover:underline">
      {runTitle(run)}
    </Link>
  );
}
