import { object, withRaw } from "../object-reader";
import {
  flag,
  id,
  instant,
  isPlain,
  known,
  list,
  number,
  raw,
  type Reader,
  rows,
  text,
  reshaped,
  workspaceId,
} from "../readers";
import { entityTypes, gamebookStatuses, incidentSources } from "../vocabulary";

/** One step of a gamebook. `executionTime` is a time span in text, such as `00:00:12.3450000` (a guess). */
export const playbook = object({
  id,
  referenceId: text,
  entityId: text,
  name: text,
  description: text,
  entityType: known(entityTypes),
  affectedEntity: text,
  isRecommended: flag,
  status: known(gamebookStatuses),
  errorMessage: text,
  sequence: number,
  modificationDate: instant,
  startingDate: instant,
  finishingDate: instant,
  executionTime: text,
  tracingId: text,
  /** A free map. May hold configuration: show it, do not log it. */
  parameters: raw,
  isAdminRequired: flag,
});
export type Playbook = ReturnType<typeof playbook>;

const optionalWorkspace: Reader<string | null> = (value, reading) =>
  value === null || value === undefined || value === "" ? null : workspaceId(value, reading);

/** One run of a response, with the incident it belongs to. `triggedByUserId` is the vendor's spelling. */
export const gamebook = object({
  id,
  tracingId: text,
  incidentId: text,
  source: known(incidentSources),
  incidentTitle: text,
  incidentNumber: number,
  isOcr: flag,
  isRecover: flag,
  triggedByUserId: text,
  displayName: text,
  modificationDate: instant,
  creationDate: instant,
  status: known(gamebookStatuses),
  title: text,
  isAdminRequired: flag,
  workspaceId: optionalWorkspace,
  workspaceName: text,
  tenantId: text,
  isAutoRun: flag,
  originalGamebookId: text,
  originalGamebookTitle: text,
  isRetryGamebook: flag,
  isQueued: flag,
  /** Often empty in lists: read the run's playbooks with `gamebooks.playbooks`. */
  playbooks: list(playbook),
  summary: text,
});
export type Gamebook = ReturnType<typeof gamebook>;

/** Gamebook history of one workspace. Ends when `pageToken` is null. */
export const gamebookHistory = reshaped(
  object({ gamebooks: rows(gamebook), pageToken: text, totalCount: number }),
  (page) => ({ ...page, pageToken: page.pageToken === "" ? null : page.pageToken }),
);
export type GamebookHistory = ReturnType<typeof gamebookHistory>;

/** Gamebook history over workspaces. Ends when `hasNextPage` is false (or was not sent and the last page is reached). */
export const gamebookPages = reshaped(
  object({
    items: rows(gamebook),
    currentPage: number,
    totalPages: number,
    pageSize: number,
    totalCount: number,
    hasPreviousPage: flag,
    hasNextPage: flag,
  }),
  (page) => ({
    ...page,
    hasPreviousPage: page.hasPreviousPage ?? (page.currentPage ?? 1) > 1,
    hasNextPage: page.hasNextPage ?? (page.currentPage ?? 1) < (page.totalPages ?? 1),
  }),
);
export type GamebookPages = ReturnType<typeof gamebookPages>;

const rule = withRaw(
  object(
    {
      id,
      name: text,
      description: text,
      entityType: known(entityTypes),
      isRecommended: flag,
      sequence: number,
      isAdminRequired: flag,
      parameters: raw,
    },
    { aliases: { id: ["referenceId", "playbookId"], name: ["title", "displayName"] } },
  ),
);
export type GamebookRule = ReturnType<typeof rule>;

/** Playbooks for an incident title: a bare array or `{ playbooks }` (both a guess); `raw` shows all that was sent. */
export const gamebookRules: Reader<{ playbooks: GamebookRule[]; raw: unknown }> = (value, reading) => {
  const found = isPlain(value) ? (value.playbooks ?? value.rules ?? value.gamebooks ?? []) : value;
  return { playbooks: rows(rule)(found, reading), raw: raw(value, reading) };
};
