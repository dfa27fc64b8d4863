"use client";

import { ChevronDown, ChevronUp, Maximize2, X } from "lucide-react";
import Link from "next/link";
import { useRef } from "react";
import { useSession } from "@/components/shell/session";
import { cx } from "@/components/ui/class-names";
import { IconButton } from "@/components/ui/icon-button";
import { titleText } from "@/lib/domain/incident-view-words";
import { type IncidentKey, routes } from "@/lib/routes";
import { listKeyOf } from "../incident-key";
import { CopyLink } from "./copy-link";
import { DrawerEdge } from "./drawer-edge";
import { EntityList } from "./entity-list";
import { IncidentFacts } from "./incident-facts";
import { IncidentHead } from "./incident-head";
import { IncidentStory } from "./incident-story";
import { useIncident } from "./use-incident";
import { useTabTitle } from "./use-tab-title";

export interface IncidentDrawerProps {
  readonly incidentKey: IncidentKey;
  /** It no longer belongs to the list beside it. */
  readonly isGone: boolean;
  /** Steps to the neighbour; null at the end of the list. */
  readonly onPrevious: (() => void) | null;
  readonly onNext: (() => void) | null;
  readonly onClose: () => void;
}

const band = "text-hue-ink! hover:bg-transparent! hover:opacity-70 size-7!";

/** One incident beside the list. Not modal: the list's keys go on working. */
export function IncidentDrawer({ incidentKey, isGone, onPrevious, onNext, onClose }: IncidentDrawerProps) {
  const { organisation } = useSession();
  const reading = useIncident(incidentKey);
  const { incident } = reading;
  const drawer = useRef<HTMLElement>(null);
  useTabTitle(incident && `${incident.workspaceName ?? "Incident"}: ${titleText(incident)}`);
  return (
    <aside
      ref={drawer}
      aria-label={`Incident: ${incident === null ? "being read" : titleText(incident)}`}
      className={cx(
        "relative flex w-150 min-w-0 shrink-0 flex-col border-l border-line bg-page",
        "max-lg:absolute max-lg:inset-y-0 max-lg:right-0 max-lg:z-10 max-lg:shadow-overlay",
        "max-md:fixed max-md:inset-x-0 max-md:top-12 max-md:bottom-7 max-md:w-full! max-md:border-l-0",
      )}
    >
      <DrawerEdge drawerRef={drawer} />
      <IncidentHead
        incidentKey={incidentKey}
        incident={incident}
        actions={
          <>
            <IconButton
              icon={ChevronUp}
              label="Previous incident"
              shortcut="k"
              disabled={onPrevious === null}
              onClick={onPrevious ?? undefined}
              className={band}
            />
            <IconButton
              icon={ChevronDown}
              label="Next incident"
              shortcut="j"
              disabled={onNext === null}
              onClick={onNext ?? undefined}
              className={band}
            />
            <CopyLink href={routes.incident(organisation.slug, incidentKey)} className={band} />
            <Link
              href={routes.incident(organisation.slug, incidentKey)}
              prefetch={false}
              aria-label="Open as page"
              data-tip="Open as page"
              className="inline-flex size-7 items-center justify-center rounded-control hover:opacity-70"
            >
              <Maximize2 aria-hidden="true" className="size-4" strokeWidth={1.75} />
            </Link>
            <IconButton icon={X} label="Close" shortcut="Esc" onClick={onClose} className={band} />
          </>
        }
      />
      <div
        key={listKeyOf(incidentKey)}
        tabIndex={0}
        role="region"
        aria-label="Details"
        className="focus-inset min-h-0 flex-1 overflow-y-auto overscroll-contain"
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
      </div>
    </aside>
  );
}
