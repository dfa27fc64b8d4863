"use client";

import { X } from "lucide-react";
import { useState } from "react";
import { FailureBar } from "@/components/data/failure-panel";
import { IconButton } from "@/components/ui/icon-button";
import type { ViewNote } from "@/lib/domain/incident-view-codec";
import type { IncidentWalk } from "@/lib/queries/incident-walk";

/** At the foot of the list, so that no row being read moves: what failed, and what in the address was of no use. */
export function QueueNotices({
  walk,
  notes,
}: {
  readonly walk: IncidentWalk;
  readonly notes: readonly ViewNote[];
}) {
  const { failure, state } = walk;
  return (
    <>
      <AddressNotes notes={notes} />
      {failure !== null && state.loaded > 0 ? (
        <FailureBar
          error={failure}
          onRetry={walk.resume}
          retryLabel="Continue"
          unaffected={
            state.loaded === 1
              ? "The loaded incident stays and can be worked on."
              : `The ${state.loaded.toLocaleString("en")} loaded incidents stay and can be worked on.`
          }
        />
      ) : null}
    </>
  );
}

function AddressNotes({ notes }: { readonly notes: readonly ViewNote[] }) {
  const [dismissed, setDismissed] = useState("");
  const text = notes.map(({ message }) => message).join(". ");
  if (text === "" || text === dismissed) return null;
  return (
    <div
      role="status"
      className="flex h-8 shrink-0 items-center gap-2 border-t border-line px-3 text-12 text-quiet"
    >
      <span className="min-w-0 flex-1 truncate">{text}.</span>
      <IconButton
        icon={X}
        label="Dismiss"
        size="small"
        className="size-6!"
        onClick={() => setDismissed(text)}
      />
    </div>
  );
}
