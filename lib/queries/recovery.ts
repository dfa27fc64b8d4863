"use client";

import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { callOwn } from "@/lib/client/own-call";
import { buildQuery } from "@/lib/contract/address";
import type {
  RecoveryChange,
  RecoveryItem,
  RecoveryItemsPage,
  RecoveryItemState,
  RecoveryJob,
  RecoveryRequest,
} from "@/lib/domain/recovery";
import { apiRoutes } from "@/lib/routes";
import type { ListSource } from "./listing";

/** States in which the server works on a job by itself. */
const moving: ReadonlySet<RecoveryJob["state"]> = new Set(["planning", "running", "checking"] as const);
const whileMovingMs = 2_000;

/** The organisation's recoveries, newest first (the last fifty). */
export function recoveryJobsQuery(org: string) {
  return queryOptions({
    queryKey: [org, "webhooks", "recovery", "list"],
    queryFn: ({ signal }) =>
      callOwn<{ readonly jobs: readonly RecoveryJob[] }>(apiRoutes.recoveryJobs(org), {
        method: "GET",
        signal,
      }),
    refetchInterval: ({ state }) =>
      state.data?.jobs.some((job) => moving.has(job.state)) ? whileMovingMs : false,
  });
}

export function recoveryJobQuery(org: string, id: string) {
  return queryOptions({
    queryKey: [org, "webhooks", "recovery", "job", id],
    queryFn: ({ signal }) => callOwn<RecoveryJob>(apiRoutes.recoveryJob(org, id), { method: "GET", signal }),
    refetchInterval: ({ state }) => (state.data && moving.has(state.data.state) ? whileMovingMs : false),
  });
}

const keyOfItem = ({ seq }: RecoveryItem) => String(seq);

/** The items of a job, 100 a page, in the order in which they are sent; `state` null: all. */
export function recoveryItemsSource(
  org: string,
  id: string,
  state: RecoveryItemState | null,
): ListSource<RecoveryItem, number | null> {
  return {
    queryKey: [org, "webhooks", "recovery", "items", id, state],
    first: null,
    keyOf: keyOfItem,
    read: async (after, signal) => {
      const address = apiRoutes.recoveryItems(org, id) + buildQuery({ state, after });
      const page = await callOwn<RecoveryItemsPage>(address, { method: "GET", signal });
      return { rows: page.items, next: page.after, total: null, asOf: new Date().toISOString() };
    },
  };
}

/** Address of the report as a CSV file. */
export function recoveryReportAddress(org: string, id: string): string {
  return apiRoutes.recoveryReport(org, id);
}

/** Makes a plan (the dry run); nothing is sent by it. */
export function usePlanRecovery(org: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request: RecoveryRequest) =>
      callOwn<RecoveryJob>(apiRoutes.recoveryJobs(org), { method: "POST", body: request }),
    onSettled: () => client.invalidateQueries({ queryKey: [org, "webhooks", "recovery"] }),
  });
}

/** Start, stop, resume. */
export function useRecoveryChange(org: string, id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: RecoveryChange) =>
      callOwn<RecoveryJob>(apiRoutes.recoveryJob(org, id), { method: "POST", body: change }),
    onSettled: () => client.invalidateQueries({ queryKey: [org, "webhooks", "recovery"] }),
  });
}
