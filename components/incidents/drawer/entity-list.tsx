"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { type EntityGroup, type EntityView, groupEntities } from "@/lib/domain/incident-view-detail";
import { Part, PartSkeleton } from "@/components/data/drawer/part";
import type { IncidentReading } from "./use-incident";

/** A copy button for each line would be noise: it comes with the pointer or the focus, and is always there on touch. */
const copyClass =
  "-my-1 size-6! opacity-0 group-hover/line:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100";

/** More entities of a kind than this are shown when asked for. */
const shownOfKind = 6;

/** Who and what is involved, by kind, each to copy. The row's own at once, the detail's when it is there. */
export function EntityList({ reading }: { readonly reading: IncidentReading }) {
  const { incident, detail, isReading } = reading;
  const groups = groupEntities(incident?.entities ?? [], detail?.investigationDetails.entities ?? []);
  const total = groups.reduce((sum, group) => sum + group.entities.length, 0);
  return (
    <Part title="Entities" count={total > 0 ? total : undefined}>
      {total === 0 && isReading ? <PartSkeleton lines={3} /> : null}
      {total === 0 && !isReading ? <p className="text-13 text-quiet">None are named.</p> : null}
      <div className="flex flex-col gap-3">
        {groups.map((group) => (
          <KindList key={group.kind} group={group} />
        ))}
      </div>
    </Part>
  );
}

function KindList({ group }: { readonly group: EntityGroup }) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? group.entities : group.entities.slice(0, shownOfKind);
  const more = group.entities.length - shown.length;
  return (
    <div className="grid grid-cols-[112px_minmax(0,1fr)] gap-x-3 text-13">
      <h4 className="text-quiet">{group.kind}</h4>
      <div className="min-w-0">
        <ul>
          {shown.map((entity) => (
            <EntityLine key={entity.name} entity={entity} />
          ))}
        </ul>
        {more > 0 ? (
          <Button variant="quiet" size="small" className="-ml-2" onClick={() => setWhole(true)}>
            Show {more} more
          </Button>
        ) : null}
      </div>
    </div>
  );
}

function EntityLine({ entity }: { readonly entity: EntityView }) {
  return (
    <li className="min-w-0 pb-1">
      <span className="group/line flex min-w-0 items-center">
        <span data-tip={entity.name} data-tip-cut="" className="truncate text-strong">
          {entity.name}
        </span>
        <CopyButton text={entity.name} what={entity.name} className={copyClass} />
      </span>
      {entity.facts.map(({ label, value }) => (
        <span key={label} className="group/line flex min-w-0 items-center text-12 text-quiet">
          <span className="shrink-0">{label}&ensp;</span>
          <code data-tip={value} data-tip-cut="" className="truncate font-mono text-normal">
            {value}
          </code>
          <CopyButton text={value} what={label.toLowerCase()} className={copyClass} />
        </span>
      ))}
    </li>
  );
}
