"use client";

import { Drawer } from "@/components/data/drawer/drawer";
import { useResting } from "@/components/data/drawer/use-resting";
import { useTabTitle } from "@/components/data/drawer/use-tab-title";
import { useSession } from "@/components/shell/session";
import { runKey, runTitle } from "@/lib/domain/gamebook-run";
import { type GamebookKey, routes } from "@/lib/routes";
import { RunFacts } from "./run-facts";
import { RunHead } from "./run-head";
import { RunMissing } from "./run-missing";
import { RunStory } from "./run-story";
import { useRun } from "./use-run";

export interface RunDrawerProps {
  readonly gamebook: GamebookKey;
  readonly onPrevious: (() => void) | null;
  readonly onNext: (() => void) | null;
  readonly onClose: () => void;
}

/** One run beside its list. */
export function RunDrawer({ gamebook, onPrevious, onNext, onClose }: RunDrawerProps) {
  const { organisation } = useSession();
  const key = runKey({ id: gamebook.gamebookId, workspaceId: gamebook.workspaceId });
  const isResting = useResting(key);
  const reading = useRun(gamebook, null, isResting);
  const { run } = reading;
  useTabTitle(run && `${run.workspaceName ?? "Gamebook"}: ${runTitle(run)}`);
  const hints = { created: run?.creationDate ?? null, incidentId: run?.incidentId ?? null };
  return (
    <Drawer
      label={run === null ? "Gamebook run" : `Gamebook run: ${runTitle(run)}`}
      noun="run"
      contentKey={key}
      workspace={{ id: gamebook.workspaceId, name: run?.workspaceName ?? null }}
      pageHref={routes.gamebook(organisation.slug, gamebook, hints)}
      head={<RunHead run={run} />}
      onPrevious={onPrevious}
      onNext={onNext}
      onClose={onClose}
    >
      <RunMissing reading={reading} />
      {reading.run === null && (reading.isMissing || reading.error !== null) ? null : (
        <RunStory
          key={key}
          runKeyParts={gamebook}
          created={run?.creationDate ?? null}
          reading={reading}
          isWanted={isResting}
        />
      )}
      {run === null ? null : <RunFacts key={`facts ${key}`} run={run} isWanted={isResting} />}
    </Drawer>
  );
}
