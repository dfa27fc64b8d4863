"use client";

import { useEffect, useRef, useState } from "react";
import { useSession } from "@/components/shell/session";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import { Toggle } from "@/components/ui/toggle";
import { Chime } from "@/lib/client/chime";
import type { IncidentView } from "@/lib/domain/incident-view";
import { type NoticeChoice, setNoticeChoice, useNoticeChoice } from "./notice-choice";

export interface NoticeDialogProps {
  readonly view: IncidentView;
  readonly onClose: () => void;
}

/** How this device tells of new High incidents of the view in force. What is switched takes effect at once. */
export function NoticeDialog({ view, onClose }: NoticeDialogProps) {
  const { organisation } = useSession();
  const choice = useNoticeChoice(organisation.slug, view.saved);
  const [isLost, setLost] = useState(false);
  const [permission, ask] = useNoticePermission();
  const hasSound = choice === "sound" || choice === "both";
  const hasDesktop = choice === "desktop" || choice === "both";
  const chime = useChime();
  const set = (sound: boolean, desktop: boolean) => {
    const next: NoticeChoice = sound && desktop ? "both" : sound ? "sound" : desktop ? "desktop" : "";
    setLost(!setNoticeChoice(organisation.slug, view.saved, next));
  };
  return (
    <Dialog
      open
      onClose={onClose}
      size="small"
      title="Notices of this view"
      description="For each High incident that comes into the view while this page is open, also in a tab behind others. They go on until somebody says “Seen” or opens the incident."
      footer={
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        <Toggle
          label="Sound"
          checked={hasSound}
          onChange={(isOn) => {
            if (isOn) chime.current?.strike();
            set(isOn, hasDesktop);
          }}
        />
        <Toggle
          label="Desktop notice"
          checked={hasDesktop}
          disabled={permission === "none"}
          onChange={(isOn) => {
            set(hasSound, isOn);
            if (isOn) ask();
          }}
        />
        {hasDesktop && permission === "denied" ? (
          <Callout
            tone="caution"
            title="The browser shows no notices of this site"
            advice="Allow them in the browser's settings for this site."
          />
        ) : null}
        {permission === "none" ? (
          <p className="text-12 text-quiet">This browser knows no desktop notices.</p>
        ) : null}
        {isLost ? (
          <Callout
            tone="danger"
            title="The browser keeps nothing for this site"
            advice="Allow it to store data."
          />
        ) : null}
        <p className="text-12 text-quiet">
          Kept on this device. A desktop notice shows the incident’s title and workspace, also to whoever else
          sees the screen.
        </p>
      </div>
    </Dialog>
  );
}

/** What the browser says to notices, and how to ask it; "none" where it knows no notices. */
function useNoticePermission(): [NotificationPermission | "none", () => void] {
  const [permission, set] = useState<NotificationPermission | "none">(() =>
    "Notification" in globalThis ? Notification.permission : "none",
  );
  const ask = () => {
    if (permission === "default") void Notification.requestPermission().then(set, () => undefined);
  };
  return [permission, ask];
}

/** A chime for as long as the dialog is open, to hear what it sounds like. */
function useChime() {
  const chime = useRef<Chime | null>(null);
  useEffect(() => {
    const made = new Chime();
    chime.current = made;
    return () => made.close();
  }, []);
  return chime;
}
