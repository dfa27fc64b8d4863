"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { useSession } from "@/components/shell/session";
import { isNotFound } from "@/lib/client/call-error";
import type { Gamebook } from "@/lib/contract/shapes/gamebook";
import type { ReadRun } from "@/lib/domain/gamebook-reliability";
import { runKey } from "@/lib/domain/gamebook-run";
import { isEnded, runState } from "@/lib/domain/gamebook-status";
import { playbooksQuery } from "@/lib/queries/gamebooks";
import { hasBegun } from "../use-playbooks";

/** Readers side by side; the lane of the query holds them to what upstream is asked for at a time. */
const readers = 3;
/** The figures are drawn anew so often while they come in, in milliseconds. */
const drawEveryMs = 250;

export interface Gathered {
  readonly read: readonly ReadRun[];
  /** Runs that ended and whose playbooks are still to be read. */
  readonly missing: number;
  /** Runs of which upstream knows no playbooks. */
  readonly unknown: number;
  readonly error: Error | null;
  readonly again: () => void;
}

/** Only of these there is something to learn. */
const isWanted = (run: Gamebook) =>
  run.workspaceId !== null &&
  hasBegun(run) &&
  (isEnded(runState(run.status)) || runState(run.status) === "unknown");

/** The playbooks of many runs, read one after the other. A failure stops the reading; what was read stays. */
export function usePlaybooksOf(runs: readonly Gamebook[]): Gathered {
  const org = useSession().organisation.slug;
  const client = useQueryClient();
  const [drawn, draw] = useState(0);
  const [unknown, setUnknown] = useState<ReadonlySet<string>>(new Set());
  const [error, setError] = useState<Error | null>(null);
  const [attempt, setAttempt] = useState(0);
  const wanted = useMemo(() => runs.filter(isWanted), [runs]);

  useEffect(() => {
    let isStopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const drawSoon = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        draw((count) => count + 1);
      }, drawEveryMs);
    };
    const queue = wanted.filter((run) => {
      const options = playbooksQuery(org, run);
      return run.playbooks.length === 0 && client.getQueryData(options.queryKey) === undefined;
    });
    const work = async () => {
      for (let run = queue.shift(); run !== undefined && !isStopped; run = queue.shift()) {
        const key = runKey(run);
        try {
          await client.fetchQuery(playbooksQuery(org, run));
        } catch (reason) {
          if (isStopped) return;
          if (isNotFound(reason)) setUnknown((now) => new Set([...now, key]));
          else {
            isStopped = true;
            setError(reason instanceof Error ? reason : new Error("The playbooks could not be read"));
          }
        }
        drawSoon();
      }
    };
    for (let reader = 0; reader < readers; reader += 1) void work();
    return () => {
      isStopped = true;
      clearTimeout(timer);
    };
  }, [client, org, wanted, attempt]);

  const read = useMemo(
    () =>
      wanted.flatMap((run): ReadRun[] => {
        const playbooks =
          run.playbooks.length > 0 ? run.playbooks : client.getQueryData(playbooksQuery(org, run).queryKey);
        return playbooks === undefined ? [] : [{ run, playbooks }];
      }),
    // `drawn` tells that the cache has more.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [wanted, client, org, drawn],
  );
  const notFound = wanted.filter((run) => unknown.has(runKey(run))).length;
  return {
    read,
    missing: Math.max(0, wanted.length - read.length - notFound),
    unknown: notFound,
    error,
    again: () => {
      setError(null);
      setAttempt((count) => count + 1);
    },
  };
}
