"use client";

import { Bell, BellRing } from "lucide-react";
import { useEffect, useState } from "react";
import { useSession } from "@/components/shell/session";
import { useShortcuts } from "@/components/shell/shortcuts";
import { Time } from "@/components/shell/time";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Kbd } from "@/components/ui/kbd";
import { SeverityMark } from "@/components/ui/severity-mark";
import { Chime } from "@/lib/client/chime";
import type { IncidentRow } from "@/lib/contract/shapes/incident";
import type { IncidentView } from "@/lib/domain/incident-view";
import { keyOf } from "@/lib/domain/incident-view-arrange";
import type { IncidentLedger } from "@/lib/queries/incident-ledger";
import type { NoticeChoice } from "./notice-choice";
import { NoticeDialog } from "./notice-dialog";
import { useDesktopNotices } from "./use-desktop-notices";
import { useHighArrivals, useIsSpokesman } from "./use-high-arrivals";

export interface IncidentNoticesProps {
  readonly ledger: IncidentLedger;
  readonly view: IncidentView;
  readonly choice: NoticeChoice;
  readonly onOpen: (row: IncidentRow) => void;
}

/** So many are named in the card; the list holds them all. */
const mostNamed = 3;
const none: readonly IncidentRow[] = [];

/** Tells of new High incidents of the view in force until somebody says that they have been seen, or opens them. */
export function IncidentNotices({ ledger, view, choice, onOpen }: IncidentNoticesProps) {
  const { organisation } = useSession();
  const { unseen, acknowledge } = useHighArrivals(ledger, view.filter);
  const isSpokesman = useIsSpokesman(`${organisation.slug}.${view.saved ?? ""}`);
  const hasSound = choice === "sound" || choice === "both";
  const isBlocked = useChime(isSpokesman && hasSound && unseen.length > 0);
  const open = (row: IncidentRow) => {
    acknowledge([row]);
    onOpen(row);
  };
  useDesktopNotices(isSpokesman && choice !== "sound" ? unseen : none, open);
  useOpened(view.open, unseen, acknowledge);
  const seeAll = () => acknowledge(unseen);
  useShortcuts("Incident list", [{ keys: "Shift+n", label: "New High incidents are seen", run: seeAll }]);
  return (
    <>
      <BellButton view={view} choice={choice} isRinging={unseen.length > 0} />
      <section aria-label="New High incidents" aria-live="assertive" className="absolute">
        {unseen.length === 0 ? null : (
          <div className="fixed right-3 bottom-11 left-3 z-10 flex flex-col gap-2 rounded-panel border border-edge border-l-2 border-l-severity-high bg-panel p-3 shadow-overlay sm:right-auto sm:left-15 sm:w-96 wide:left-58">
            <p className="text-13 font-semibold text-strong">
              {unseen.length === 1 ? "A new High incident" : `${unseen.length} new High incidents`}
            </p>
            <ul className="flex flex-col gap-0.5">
              {unseen.slice(0, mostNamed).map((row) => (
                <NamedRow key={keyOf(row)} row={row} onOpen={() => open(row)} />
              ))}
            </ul>
            {unseen.length > mostNamed ? (
              <p className="px-1 text-12 text-quiet">and {unseen.length - mostNamed} more in the list</p>
            ) : null}
            {isBlocked ? (
              <p className="px-1 text-12 text-quiet">
                The browser allows no sound before a click or a key in this page.
              </p>
            ) : null}
            <div className="flex justify-end">
              <Button onClick={seeAll}>
                Seen
                <span className="max-sm:hidden">
                  <Kbd keys="Shift+n" />
                </span>
              </Button>
            </div>
          </div>
        )}
      </section>
    </>
  );
}

function NamedRow({ row, onOpen }: { readonly row: IncidentRow; readonly onOpen: () => void }) {
  return (
    <li>
      <button
        type="button"
        onClick={onOpen}
        className="flex w-full min-w-0 items-center gap-2 rounded-control px-1 py-1 text-left text-13 hover:bg-raised"
      >
        <SeverityMark severity={row.severity} />
        <span className="min-w-0 flex-1">
          <span className="block truncate text-strong">{row.title ?? "(no title)"}</span>
          <span className="block truncate text-12 text-quiet">{row.workspaceName ?? row.workspaceId}</span>
        </span>
        <Time value={row.creationTime} className="shrink-0 text-12 text-quiet" />
      </button>
    </li>
  );
}

/** Says that notices are on for this view, and leads to where that is changed. */
function BellButton({
  view,
  choice,
  isRinging,
}: Pick<IncidentNoticesProps, "view" | "choice"> & { readonly isRinging: boolean }) {
  const [isAsked, ask] = useState(false);
  return (
    <>
      <IconButton
        icon={isRinging ? BellRing : Bell}
        label={`Notices of this view: ${noticeWords[choice]}`}
        onClick={() => ask(true)}
      />
      {isAsked ? <NoticeDialog view={view} onClose={() => ask(false)} /> : null}
    </>
  );
}

const noticeWords: Record<NoticeChoice, string> = {
  "": "off",
  sound: "sound",
  desktop: "on the desktop",
  both: "sound, and on the desktop",
};

/** Rings while asked to. True: the browser does not let it yet. */
function useChime(isRinging: boolean): boolean {
  const [isBlocked, setBlocked] = useState(false);
  useEffect(() => {
    if (!isRinging) return;
    const chime: Chime = new Chime(undefined, () => setBlocked(chime.isBlocked));
    chime.start();
    const strike = () => {
      if (chime.isBlocked) chime.strike();
    };
    document.addEventListener("pointerdown", strike);
    document.addEventListener("keydown", strike);
    return () => {
      document.removeEventListener("pointerdown", strike);
      document.removeEventListener("keydown", strike);
      chime.close();
      setBlocked(false);
    };
  }, [isRinging]);
  return isBlocked;
}

/** An incident that is open has been seen. */
function useOpened(
  open: IncidentView["open"],
  unseen: readonly IncidentRow[],
  acknowledge: (rows: readonly IncidentRow[]) => void,
): void {
  const opened = open === null ? undefined : unseen.find((row) => isThe(row, open));
  useEffect(() => {
    if (opened !== undefined) acknowledge([opened]);
  }, [opened, acknowledge]);
}

const isThe = (row: IncidentRow, open: NonNullable<IncidentView["open"]>) =>
  row.workspaceId.toLowerCase() === open.workspaceId.toLowerCase() &&
  row.source.toLowerCase() === open.source.toLowerCase() &&
  row.id === open.incidentId;
