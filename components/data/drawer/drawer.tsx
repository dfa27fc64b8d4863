"use client";

import { ChevronDown, ChevronUp, Maximize2, X } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useRef } from "react";
import { cx } from "@/components/ui/class-names";
import { IconButton } from "@/components/ui/icon-button";
import { CopyLink } from "./copy-link";
import { DrawerEdge } from "./drawer-edge";
import { bandAction, type BandWorkspace, WorkspaceBand } from "./workspace-band";

export interface DrawerProps {
  /** "Incident: Suspicious sign-in". */
  readonly label: string;
  /** "incident". */
  readonly noun: string;
  /** Changes with what is shown: then it starts at its top. */
  readonly contentKey: string;
  /** Whose thing it is: the band at the top carries the workspace's hue. Null for things of the organisation. */
  readonly workspace: BandWorkspace | null;
  /** Its page of its own. */
  readonly pageHref?: string;
  /** Title and standing, under the band; stays while the rest scrolls. */
  readonly head: ReactNode;
  readonly children: ReactNode;
  /** Steps to the neighbour; null at the end of the list. */
  readonly onPrevious: (() => void) | null;
  readonly onNext: (() => void) | null;
  readonly onClose: () => void;
}

/** One thing beside its list. Not modal: the list's keys go on working. */
export function Drawer(props: DrawerProps) {
  const drawer = useRef<HTMLElement>(null);
  return (
    <aside
      ref={drawer}
      aria-label={props.label}
      className={cx(
        "relative flex w-150 min-w-0 shrink-0 flex-col border-l border-line bg-page",
        "max-lg:absolute max-lg:inset-y-0 max-lg:right-0 max-lg:z-10 max-lg:shadow-overlay",
        "max-md:fixed max-md:inset-x-0 max-md:top-12 max-md:bottom-7 max-md:w-full! max-md:border-l-0",
      )}
    >
      <DrawerEdge drawerRef={drawer} />
      <header className="shrink-0 border-b border-line">
        <WorkspaceBand workspace={props.workspace} actions={<Actions {...props} />} />
        {props.head}
      </header>
      <div
        key={props.contentKey}
        tabIndex={0}
        role="region"
        aria-label="Details"
        className="focus-inset min-h-0 flex-1 overflow-y-auto overscroll-contain"
      >
        {props.children}
      </div>
    </aside>
  );
}

function Actions({ noun, pageHref, onPrevious, onNext, onClose }: DrawerProps) {
  return (
    <>
      <IconButton
        icon={ChevronUp}
        label={`Previous ${noun}`}
        shortcut="k"
        disabled={onPrevious === null}
        onClick={onPrevious ?? undefined}
        className={bandAction}
      />
      <IconButton
        icon={ChevronDown}
        label={`Next ${noun}`}
        shortcut="j"
        disabled={onNext === null}
        onClick={onNext ?? undefined}
        className={bandAction}
      />
      {pageHref === undefined ? null : (
        <>
          <CopyLink href={pageHref} what={`this ${noun}`} className={bandAction} />
          <Link
            href={pageHref}
            prefetch={false}
            aria-label="Open as page"
            data-tip="Open as page"
            className="inline-flex size-7 items-center justify-center rounded-control hover:opacity-70"
          >
            <Maximize2 aria-hidden="true" className="size-4" strokeWidth={1.75} />
          </Link>
        </>
      )}
      <IconButton icon={X} label="Close" shortcut="Esc" onClick={onClose} className={bandAction} />
    </>
  );
}
