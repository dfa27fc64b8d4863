"use client";

import type { ReactNode } from "react";
import { Fact, Facts, IdFact, MomentFact } from "@/components/data/drawer/facts";
import { Part } from "@/components/data/drawer/part";
import { CopyButton } from "@/components/ui/copy-button";
import { sourceName } from "@/components/ui/source-tag";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import { numberText, ownerName, ruleName, spellOut } from "@/lib/domain/incident-view-words";

const dash = <span className="text-quiet">–</span>;

/** Everything the row itself tells: there at once, whatever becomes of the detail. */
export function IncidentFacts({ incident }: { readonly incident: IncidentRow }) {
  return (
    <>
      <Part title="Times">
        <Facts>
          <MomentFact name="Created" value={incident.creationTime} />
          <MomentFact name="Last change" value={incident.lastModificationTime} />
          <MomentFact name="Last activity" value={incident.lastActivityTime} />
        </Facts>
      </Part>
      <Part title="Verdict">
        <Facts>
          <Fact name="Classification">
            {incident.classification ? spellOut(incident.classification) : dash}
          </Fact>
          {incident.classificationReason ? (
            <Fact name="Reason">{spellOut(incident.classificationReason)}</Fact>
          ) : null}
          {incident.classificationComment ? (
            <Fact name="Comment">
              <span className="whitespace-pre-wrap">{incident.classificationComment}</span>
            </Fact>
          ) : null}
        </Facts>
      </Part>
      <Part title="Facts">
        <Facts>
          <Fact name="Owner">
            {ownerName(incident) ?? dash}
            {incident.user?.email && incident.user.email !== ownerName(incident) ? (
              <span className="block text-12 text-quiet">{incident.user.email}</span>
            ) : null}
          </Fact>
          <Fact name="Source">{incident.sourceDisplayName ?? sourceName(incident.source)}</Fact>
          <Fact name="Number">{numberText(incident) ?? dash}</Fact>
          <Fact name="Tactics">{lines(incident.tactics.map(spellOut))}</Fact>
          <Fact name="Products">{lines(incident.alertProductNames)}</Fact>
          <Fact name="Rules">{incident.ruleIds.length === 0 ? dash : <Rules ids={incident.ruleIds} />}</Fact>
          <IdFact name="Incident id" value={incident.id} />
          <IdFact name="Workspace id" value={incident.workspaceId} />
        </Facts>
      </Part>
    </>
  );
}

function lines(values: readonly string[]): ReactNode {
  if (values.length === 0) return dash;
  return values.map((value, index) => (
    <span key={`${index} ${value}`} className="block">
      {value}
    </span>
  ));
}

function Rules({ ids }: { readonly ids: readonly string[] }) {
  return ids.map((id) => (
    <span key={id} className="flex min-w-0 items-center">
      <code data-tip={id} className="truncate font-mono text-12">
        {ruleName(id)}
      </code>
      <CopyButton text={id} what="rule id" className="-my-1 size-6!" />
    </span>
  ));
}
