"use client";

import { useMemo } from "react";
import Link from "next/link";
import { Fact, Facts, IdFact, MomentFact } from "@/components/data/drawer/facts";
import { Part } from "@/components/data/drawer/part";
import { describeEntry } from "@/components/data/coverage-groups";
import { useFormatTime } from "@/components/data/use-format-time";
import { useCan, useSession } from "@/components/shell/session";
import { buttonClass } from "@/components/ui/button-class";
import { learnedWords, type WorkspaceRow, workspaceRows } from "@/lib/domain/workspace-desk";
import type { SourceHistory, WorkspaceDetail } from "@/lib/domain/workspace-profile";
import { routes } from "@/lib/routes";
import { Label, OpenCounts } from "./cells";
import { hidingWords, queueHref, stateWords } from "./words";

/** The one workspace of a detail, as a row of the list has it. */
export function useRowOf(detail: WorkspaceDetail | undefined): WorkspaceRow | null {
  return useMemo(
    () =>
      detail === undefined
        ? null
        : (workspaceRows({ ...detail, workspaces: [detail.workspace], mayKeepGroups: false })[0] ?? null),
    [detail],
  );
}

/** Open incidents and state, under the band. */
export function WorkspaceStanding({ row }: { readonly row: WorkspaceRow }) {
  const { profile, state } = row;
  return (
    <div className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3 text-13 text-normal">
      <h2 className="font-medium text-strong">{stateWords[state]}</h2>
      <span className="inline-flex items-center gap-2">
        Open incidents <OpenCounts counts={profile.open} isAtLeast={state !== "current"} />
      </span>
      {profile.hidden ? <span className="text-quiet">Hidden from the list of workspaces</span> : null}
    </div>
  );
}

const labels = (words: readonly string[], none: string) =>
  words.length === 0 ? (
    <span className="text-quiet">{none}</span>
  ) : (
    <span className="flex flex-wrap gap-1">
      {words.map((word) => (
        <Label key={word} word={word} />
      ))}
    </span>
  );

/** What it is called, what it is counted to, where it was learned from. */
export function WorkspaceFacts({ row }: { readonly row: WorkspaceRow }) {
  const { profile, groups } = row;
  const { ownName, upstreamName, hidden } = profile;
  const formatTime = useFormatTime();
  return (
    <Part title="Workspace">
      <Facts>
        <Fact name="Name here">
          {ownName ?? <span className="text-quiet">None given; the one below is shown</span>}
        </Fact>
        <Fact name="ContraForce">{upstreamName ?? <span className="text-quiet">Not named so far</span>}</Fact>
        <IdFact name="Id" value={row.id} />
        <Fact name="Tags">{labels(profile.tags, "None")}</Fact>
        <Fact name="Groups">
          {labels(
            groups.map(({ name }) => name),
            "None",
          )}
        </Fact>
        {hidden ? (
          <Fact name="Hidden">
            {hidden.reason}
            <span className="block text-12 text-quiet">
              {formatTime(hidden.at)}
              {hidden.by ? `, by ${hidden.by}` : ""}. {hidingWords}
            </span>
          </Fact>
        ) : null}
        <Fact name="Learned from">{learnedWords[profile.learnedFrom] ?? profile.learnedFrom}</Fact>
        <MomentFact name="First seen" value={profile.firstSeenAt} />
        <MomentFact name="Last seen" value={profile.lastSeenAt} />
        {profile.changedAt ? (
          <Fact name="Last changed here">
            {formatTime(profile.changedAt)}
            {profile.changedBy ? ` by ${profile.changedBy}` : ""}
          </Fact>
        ) : null}
      </Facts>
    </Part>
  );
}

/** Where its incidents, gamebooks and data sources are. */
export function WorkspaceLinks({ id }: { readonly id: string }) {
  const org = useSession().organisation.slug;
  const mayReadGamebooks = useCan("gamebooks:read");
  const mayReadSources = useCan("datasources:read");
  const look = buttonClass();
  return (
    <nav aria-label="Of this workspace" className="flex flex-wrap gap-2 border-t border-line px-4 py-3">
      <Link href={queueHref(org, [id])} prefetch={false} className={look}>
        Incidents
      </Link>
      {mayReadGamebooks ? (
        <Link href={routes.gamebooks(org, { workspace: id })} prefetch={false} className={look}>
          Gamebooks
        </Link>
      ) : null}
      {mayReadSources ? (
        <Link href={routes.workspaceDataSources(org, id)} prefetch={false} className={look}>
          Data sources
        </Link>
      ) : null}
    </nav>
  );
}

/** What was read of each source, now and before. */
export function WorkspaceSources({ sources }: { readonly sources: readonly SourceHistory[] }) {
  return (
    <Part title="What the register has read" count={sources.length}>
      {sources.length === 0 ? (
        <p className="text-13 text-quiet">None of its sources is known yet.</p>
      ) : (
        <ul className="flex flex-col">
          {sources.map((source) => (
            <li key={source.source ?? ""} className="border-b border-line py-2 text-13 last:border-b-0">
              <Source source={source} />
            </li>
          ))}
        </ul>
      )}
    </Part>
  );
}

/** More spans than these are counted. */
const spansShown = 4;

function Source({ source }: { readonly source: SourceHistory }) {
  const formatTime = useFormatTime();
  const isGood = source.state === "read" || source.state === "quiet";
  const newest = [...source.spans].reverse();
  const more = newest.length - spansShown;
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-3">
        <span className="font-medium text-strong">{source.source ?? "No source known"}</span>
        <span className={isGood ? "text-quiet" : "font-medium text-strong"}>
          {isGood && source.since
            ? `Read ${formatTime(source.since)}`
            : capital(describeEntry(source, formatTime))}
        </span>
        {isGood || source.rows > 0 ? (
          <span className="ml-auto text-quiet">
            {isGood ? "" : "at least "}
            {source.rows.toLocaleString("en")} open
          </span>
        ) : null}
      </p>
      {newest.slice(0, spansShown).map(({ from, to }) => (
        <p key={from} className="text-12 text-quiet">
          Without a gap from {formatTime(from)} to {formatTime(to)}
        </p>
      ))}
      {more > 0 ? <p className="text-12 text-quiet">and {more} earlier spans</p> : null}
      {newest.length === 0 ? <p className="text-12 text-quiet">No span was read in full so far</p> : null}
      {source.firstSeenAt ? (
        <p className="text-12 text-quiet">First seen {formatTime(source.firstSeenAt)}</p>
      ) : null}
    </>
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
