"use client";

import { ChevronDown } from "lucide-react";
import { useRef, useState } from "react";
import { useShortcuts } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { onDemand } from "@/components/ui/on-demand";
import { Popover } from "@/components/ui/popover";
import { Skeleton } from "@/components/ui/skeleton";
import { type IncidentView, openWorkKey } from "@/lib/domain/incident-view";
import { formatQuery } from "@/lib/domain/incident-view-codec";
import type { ViewControl } from "../use-incident-view";
import type { ViewQuestion } from "./view-question";
import { ViewName } from "./view-name";

/** Their code comes when they are first asked for. */
const ViewsMenu = onDemand(
  () => import("./view-parts").then((module) => module.ViewsMenu),
  <Skeleton className="m-2 h-56" />,
);
const SavedName = onDemand(
  () => import("./view-parts").then((module) => module.SavedName),
  <Skeleton className="h-2.5 w-20" />,
);
const ViewDialog = onDemand(() => import("./view-parts").then((module) => module.ViewDialog));

/** Which view is in force, and the menu of all there are. */
export function ViewsControl({ view, change }: Pick<ViewControl, "view" | "change">) {
  const button = useRef<HTMLButtonElement>(null);
  const [question, setQuestion] = useState<ViewQuestion | null>(null);
  useShortcuts("Incident list", [{ keys: "v", label: "Choose a view", run: () => button.current?.click() }]);
  return (
    <>
      <Popover
        label="Views"
        role="menu"
        className="w-80 max-w-[calc(100vw-16px)] p-1"
        trigger={(trigger) => (
          <Button {...trigger} ref={button} data-tip="Views  V" className="max-w-60 min-w-0 shrink-0">
            <span className="sr-only">View: </span>
            <NameInForce view={view} />
            <ChevronDown aria-hidden="true" className="size-3.5 shrink-0 text-quiet" />
          </Button>
        )}
      >
        {(close) => <ViewsMenu view={view} change={change} close={close} ask={setQuestion} />}
      </Popover>
      {question === null ? null : (
        <ViewDialog question={question} view={view} change={change} onClose={() => setQuestion(null)} />
      )}
    </>
  );
}

function NameInForce({ view }: { readonly view: IncidentView }) {
  if (view.saved !== null && view.saved !== openWorkKey) return <SavedName view={view} />;
  return <ViewName name="Open work" isModified={formatQuery(view) !== ""} />;
}
