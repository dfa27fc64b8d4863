"use client";

import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { useMemo } from "react";
import { CopyLink } from "@/components/data/drawer/copy-link";
import { useTabTitle } from "@/components/data/drawer/use-tab-title";
import { bandAction, WorkspaceBand } from "@/components/data/drawer/workspace-band";
import { usePageTitle } from "@/components/shell/page-title";
import { useSession } from "@/components/shell/session";
import { useStatusLine } from "@/components/shell/status-line";
import { buttonClass } from "@/components/ui/button-class";
import { numberText, titleText } from "@/lib/domain/incident-view-words";
import { type IncidentKey, routes } from "@/lib/routes";
import { EntityList } from "../drawer/entity-list";
import { IncidentFacts } from "../drawer/incident-facts";
import { IncidentHead } from "../drawer/incident-head";
import { IncidentStory } from "../drawer/incident-story";
import { useIncident } from "../drawer/use-incident";

/** One incident on a page of its own: the story at the left, the facts at the right. */
export function IncidentPage({ workspaceId, source, incidentId }: IncidentKey) {
  const { organisation } = useSession();
  const key = useMemo(() => ({ workspaceId, source, incidentId }), [workspaceId, source, incidentId]);
  const reading = useIncident(key);
  const { incident, detail, error } = reading;
  const number = incident && numberText(incident);
  usePageTitle(number ? `Incident ${number}` : "Incident");
  useTabTitle(incident && `${incident.workspaceName ?? "Incident"}: ${titleText(incident)}`);
  useStatusLine(
    error === null
      ? detail === null
        ? { tone: "busy", summary: "Reading this incident" }
        : { tone: "live", summary: "This incident is read in full" }
      : { tone: "failed", summary: "This incident could not be read in full" },
  );
  return (
    <div className="flex min-h-full flex-col">
      <div className="px-2 py-1.5">
        <Link href={routes.incidents(organisation.slug)} className={buttonClass("quiet", "small")}>
          <ArrowLeft aria-hidden="true" className="size-4" />
          All incidents
        </Link>
      </div>
      <header className="shrink-0 border-b border-line">
        <WorkspaceBand
          workspace={{ id: workspaceId, name: incident?.workspaceName ?? null }}
          actions={
            <CopyLink
              href={routes.incident(organisation.slug, key)}
              what="this incident"
              className={bandAction}
            />
          }
        />
        <IncidentHead source={source} incident={incident} />
      </header>
      <div className="grid flex-1 grid-cols-[minmax(0,1fr)] md:grid-cols-[minmax(0,1fr)_minmax(360px,480px)]">
        <div className="min-w-0">
          <IncidentStory reading={reading} />
          <EntityList reading={reading} />
        </div>
        <div className="min-w-0 border-line max-md:border-t md:border-l">
          {incident === null ? null : <IncidentFacts incident={incident} />}
        </div>
      </div>
    </div>
  );
}
