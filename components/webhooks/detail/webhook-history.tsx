"use client";

import { useQuery } from "@tanstack/react-query";
import { FailureCallout } from "@/components/data/failure-panel";
import { Time } from "@/components/shell/time";
import { CopyButton } from "@/components/ui/copy-button";
import { Section } from "@/components/ui/section";
import { Skeleton } from "@/components/ui/skeleton";
import { Outcome } from "@/components/audit/outcome";
import { actionWords, personName } from "@/lib/domain/audit";
import type { WebhookNote } from "@/lib/domain/webhook-notes";
import { webhookNotesQuery } from "@/lib/queries/webhooks";

/** Who did what with it through Watchfloor, when and why. */
export function WebhookHistory({ org, webhookId }: { readonly org: string; readonly webhookId: string }) {
  const { data, error, refetch } = useQuery(webhookNotesQuery(org, webhookId));
  return (
    <div className="py-5 max-lg:border-t max-lg:border-line">
      <Section
        title="History"
        about="What was done through Watchfloor. What is done in ContraForce itself is not here."
      >
        {error ? (
          <FailureCallout
            error={error}
            onRetry={() => void refetch()}
            unaffected={data ? "What is below was read before." : "The rest of the page is unaffected."}
            className="mb-3"
          />
        ) : null}
        {data ? (
          <Notes notes={data.notes} isCut={data.isCut} />
        ) : error ? null : (
          <div role="status" aria-label="Reading the history">
            {[0, 1, 2].map((line) => (
              <Skeleton key={line} className="mb-3 h-5 w-full" />
            ))}
          </div>
        )}
      </Section>
    </div>
  );
}

/** "webhooks.pause" → "Pause": on this page everything is about a webhook. */
function verbOf(action: string): string {
  const verb = actionWords(action).replace(/^Webhooks: /, "");
  return verb.charAt(0).toUpperCase() + verb.slice(1);
}

function Notes({ notes, isCut }: { readonly notes: readonly WebhookNote[]; readonly isCut: boolean }) {
  if (notes.length === 0)
    return <p className="text-13 text-quiet">Nothing was done with it through Watchfloor.</p>;
  return (
    <ol
      tabIndex={0}
      aria-label="What was done, newest first"
      className="focus-inset max-h-72 overflow-y-auto overscroll-contain text-13"
    >
      {notes.map((note) => (
        <li key={note.id} className="border-b border-line py-2 last:border-b-0">
          <p className="flex flex-wrap items-baseline gap-x-3">
            <span className="font-medium text-strong">{verbOf(note.action)}</span>
            <Outcome outcome={note.outcome} />
            <span className="text-quiet">
              {personName(note.person)} · <Time value={note.at} mode="absolute" />
            </span>
          </p>
          {note.reason ? <p className="text-normal wrap-anywhere">{note.reason}</p> : null}
          {note.upstreamRequestId ? (
            <p className="flex items-center gap-1 text-12 text-quiet">
              ContraForce request id <code className="truncate font-mono">{note.upstreamRequestId}</code>
              <CopyButton
                text={note.upstreamRequestId}
                what="ContraForce request id"
                className="-my-1.5 size-6!"
              />
            </p>
          ) : null}
        </li>
      ))}
      {isCut ? <li className="py-2 text-12 text-quiet">Older ones are in the audit.</li> : null}
    </ol>
  );
}
