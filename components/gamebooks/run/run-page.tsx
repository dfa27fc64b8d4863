"use client";

import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { CopyLink } from "@/components/data/drawer/copy-link";
import { useTabTitle } from "@/components/data/drawer/use-tab-title";
import { bandAction, WorkspaceBand } from "@/components/data/drawer/workspace-band";
import { NeedsPermission } from "@/components/shell/needs-permission";
import { usePageTitle } from "@/components/shell/page-title";
import { useSession } from "@/components/shell/session";
import { useStatusLine } from "@/components/shell/status-line";
import { buttonClass } from "@/components/ui/button-class";
import { runTitle } from "@/lib/domain/gamebook-run";
import { type GamebookHints, type GamebookKey, routes } from "@/lib/routes";
import { RunFacts } from "./run-facts";
import { RunHead } from "./run-head";
import { RunMissing } from "./run-missing";
import { RunStory } from "./run-story";
import { useRun } from "./use-run";

export interface RunPageProps {
  readonly gamebook: GamebookKey;
  readonly hints: GamebookHints;
}

/** One run on a page of its own: what it did at the left, the facts at the right. */
export function RunPage(props: RunPageProps) {
  return (
    <NeedsPermission permission="gamebooks:read" title="Gamebooks are not part of your role">
      <RunOnPage {...props} />
    </NeedsPermission>
  );
}

function RunOnPage({ gamebook, hints }: RunPageProps) {
  const org = useSession().organisation.slug;
  const reading = useRun(gamebook, hints.incidentId);
  const { run, error } = reading;
  usePageTitle("Gamebook run");
  useTabTitle(run && `${run.workspaceName ?? "Gamebook"}: ${runTitle(run)}`);
  useStatusLine(
    error !== null
      ? { tone: "failed", summary: "This run could not be read in full" }
      : run === null
        ? { tone: "busy", summary: "Reading this run" }
        : { tone: "live", summary: "This run is read" },
  );
  const address = routes.gamebook(org, gamebook, hints);
  return (
    <div className="flex min-h-full flex-col">
      <div className="px-2 py-1.5">
        <Link href={routes.gamebooks(org)} className={buttonClass("quiet", "small")}>
          <ArrowLeft aria-hidden="true" className="size-4" />
          All gamebook runs
        </Link>
      </div>
      <WorkspaceBand
        workspace={{ id: gamebook.workspaceId, name: run?.workspaceName ?? null }}
        actions={<CopyLink href={address} what="this run" className={bandAction} />}
      />
      <div className="border-b border-line">
        <RunHead run={run} />
      </div>
      <RunMissing reading={reading} />
      <div className="grid flex-1 grid-cols-[minmax(0,1fr)] md:grid-cols-[minmax(0,1fr)_minmax(320px,440px)]">
        <div className="min-w-0">
          <RunStory runKeyParts={gamebook} created={hints.created} reading={reading} />
        </div>
        <div className="min-w-0 border-line max-md:border-t md:border-l">
          {run === null ? null : <RunFacts run={run} />}
        </div>
      </div>
    </div>
  );
}
