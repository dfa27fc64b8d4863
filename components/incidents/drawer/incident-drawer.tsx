"use client";

import { Drawer } from "@/components/data/drawer/drawer";
import { useTabTitle } from "@/components/data/drawer/use-tab-title";
import { useSession } from "@/components/shell/session";
import { titleText } from "@/lib/domain/incident-view-words";
import { type IncidentKey, routes } from "@/lib/routes";
import { listKeyOf } from "../incident-key";
import { EntityList } from "./entity-list";
import { IncidentFacts } from "./incident-facts";
import { IncidentHead } from "./incident-head";
import { IncidentStory } from "./incident-story";
import { useIncident } from "./use-incident";

export interface IncidentDrawerProps {
  readonly incidentKey: IncidentKey;
  /** It no longer belongs to the list beside it. */
  readonly isGone: boolean;
  /** Steps to the neighbour; null at the end of the list. */
  readonly onPrevious: (() => void) | null;
  readonly onNext: (() => void) | null;
  readonly onClose: () => void;
}

/** One incident beside the list. Not modal: the list's keys go on working. */
export function IncidentDrawer({ incidentKey, isGone, onPrevious, onNext, onClose }: IncidentDrawerProps) {
  const { organisation } = useSession();
  const reading = useIncident(incidentKey);
  const { incident } = reading;
  const { workspaceId } = incidentKey;
  useTabTitle(incident && `${incident.workspaceName ?? "Incident"}: ${titleText(incident)}`);
  return (
    <Drawer
      label={`Incident: ${incident === null ? "being read" : titleText(incident)}`}
      noun="incident"
      contentKey={listKeyOf(incidentKey)}
      workspace={{ id: workspaceId, name: incident?.workspaceName ?? null }}
      pageHref={routes.incident(organisation.slug, incidentKey)}
      head={<IncidentHead source={incidentKey.source} incident={incident} />}
      onPrevious={onPrevious}
      onNext={onNext}
      onClose={onClose}
    >
      {isGone ? (
        <p role="status" className="border-b border-line bg-panel px-4 py-2 text-13 text-normal">
          It no longer belongs to this list: it was closed, changed or fell out of the time window.
        </p>
      ) : null}
      <IncidentStory reading={reading} />
      {incident === null ? null : (
        <>
          <EntityList reading={reading} />
          <IncidentFacts incident={incident} />
        </>
      )}
    </Drawer>
  );
}
