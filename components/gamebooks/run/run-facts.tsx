"use client";

import Link from "next/link";
import { Fact, Facts, IdFact, MomentFact } from "@/components/data/drawer/facts";
import { Part } from "@/components/data/drawer/part";
import { useSession } from "@/components/shell/session";
import { Time } from "@/components/shell/time";
import { sourceName } from "@/components/ui/source-tag";
import type { Gamebook } from "@/lib/contract/shapes/gamebook";
import { waitsFor } from "@/lib/domain/gamebook-run";
import { routes } from "@/lib/routes";
import { RunDuration } from "../run-duration";
import { StarterName } from "../starter";
import { hasBegun, usePlaybooks } from "../use-playbooks";

const dash = <span className="text-quiet">–</span>;
const waits = { approval: "Waits for the approval of an owner", queued: "Waits for its turn" } as const;

export interface RunFactsProps {
  readonly run: Gamebook;
  /** False while somebody only passes by. */
  readonly isWanted?: boolean;
}

/** Everything that the run's own row tells. */
export function RunFacts({ run, isWanted = true }: RunFactsProps) {
  const { playbooks } = usePlaybooks(run, isWanted && hasBegun(run));
  const waiting = waitsFor(run);
  return (
    <>
      <Part title="Incident">
        <Facts>
          <Fact name="Incident">
            <IncidentLink run={run} />
          </Fact>
          <Fact name="Source">{run.source === null ? dash : sourceName(run.source)}</Fact>
        </Facts>
      </Part>
      <Part title="Run">
        <Facts>
          <Fact name="Started by">
            <StarterName run={run} />
          </Fact>
          <Fact name="Approval">
            {waiting === null ? (run.isAdminRequired === true ? "Needed an owner" : dash) : waits[waiting]}
          </Fact>
          <MomentFact name="Created" value={run.creationDate} />
          <Fact name="Last change">
            <Time value={run.modificationDate} mode="absolute" />
          </Fact>
          <Fact name="Duration">
            <RunDuration run={run} playbooks={playbooks} />
          </Fact>
          {run.summary ? <Fact name="Summary">{run.summary}</Fact> : null}
          {run.isOcr === true ? <Fact name="Kind">One-click response</Fact> : null}
        </Facts>
      </Part>
      <Part title="Ids">
        <Facts>
          <IdFact name="Run id" value={run.id} />
          <IdFact name="Workspace id" value={run.workspaceId} />
          <IdFact name="Tracing id" value={run.tracingId} />
          <IdFact name="First run's id" value={run.originalGamebookId} />
        </Facts>
      </Part>
    </>
  );
}

function IncidentLink({ run }: { readonly run: Gamebook }) {
  const org = useSession().organisation.slug;
  const { workspaceId, source, incidentId, incidentTitle, incidentNumber } = run;
  const words = `${incidentNumber === null ? "" : `${incidentNumber} · `}${incidentTitle ?? incidentId ?? "not named"}`;
  if (workspaceId === null || source === null || incidentId === null) return words;
  return (
    <Link
      href={routes.incident(org, { workspaceId, source, incidentId })}
      prefetch={false}
      className="text-accent underline-offset-2 hover:underline"
    >
      {words}
    </Link>
  );
}
