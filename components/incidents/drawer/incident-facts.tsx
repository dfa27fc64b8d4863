"use client";

import type { ReactNode } from "react";
import { Time } from "@/components/shell/time";
import { CopyButton } from "@/components/ui/copy-button";
import { sourceName } from "@/components/ui/source-tag";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import { numberText, ownerName, ruleName, spellOut } from "@/lib/domain/incident-view-words";
import { Fact, Facts, Part } from "@/components/data/drawer/part";

const dash = <span className="text-quiet">–</span>;

/** Everything the row itself tells: there at once, whatever becomes of the detail. */
export function IncidentFacts({ incident }: { readonly incident: IncidentRow }) {
  return (
    <>
      <Part title="Times">
        <Facts>
          <Moment name="Created" value={incident.creationTime} />
          <Moment name="Last change" value={incident.lastModificationTime} />
          <Moment name="Last activity" value={incident.lastActivityTime} />
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
          <Fact name="Incident id">
            <Identifier text={incident.id} what="incident id" />
          </Fact>
          <Fact name="Workspace id">
            <Identifier text={incident.workspaceId} what="workspace id" />
          </Fact>
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

function Moment({ name, value }: { readonly name: string; readonly value: string | null }) {
  return (
    <Fact name={name}>
      {value === null ? (
        dash
      ) : (
        <>
          <Time value={value} mode="absolute" />
          <span className="text-quiet">
            {" · "}
            <Time value={value} /> ago
          </span>
        </>
      )}
    </Fact>
  );
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

function Identifier({ text, what }: { readonly text: string; readonly what: string }) {
  return (
    <span className="flex min-w-0 items-center">
      <code data-tip={text} data-tip-cut="" className="truncate font-mono text-12">
        {text}
      </code>
      <CopyButton text={text} what={what} className="-my-1 size-6!" />
    </span>
  );
}
