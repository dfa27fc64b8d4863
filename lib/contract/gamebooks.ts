import { z } from "zod";
import { incidentId, inWorkspace, none, opaque, segment, sentence, short } from "./inputs";
import { defineOperation } from "./operation";
import { reply, rows } from "./readers";
import { gamebook, gamebookHistory, gamebookPages, gamebookRules, playbook } from "./shapes/gamebook";

const gamebookRead = {
  method: "GET",
  scope: "gamebooks:read",
  kind: "query",
  repeat: "read",
  permission: "gamebooks:read",
  audited: false,
  body: null,
} as const;

/** The one path parameter that may hold `/` and `\`: titles are written by people and rules. */
const incidentTitle = z
  .string()
  .min(1)
  .max(1024)
  .regex(/^(?!\.+(?:;|$))[^\p{Cc}\p{Cs}]+$/u, "must be printable and not only dots");

export const gamebooks = {
  "gamebooks.rules": defineOperation({
    ...gamebookRead,
    path: "/workspaces/{workspaceId}/gamebooks/rules/{incidentTitle}",
    tenancy: "path",
    certainty: "guess",
    params: z.strictObject({ ...inWorkspace, incidentTitle }),
    query: none,
    reply: reply(gamebookRules),
    summary: "Playbooks that match an incident title.",
  }),
  "gamebooks.history": defineOperation({
    ...gamebookRead,
    path: "/workspaces/{workspaceId}/gamebooks/history",
    tenancy: "path",
    certainty: "documented",
    params: z.strictObject(inWorkspace),
    query: z.strictObject({ query: sentence(500).optional(), pageToken: opaque.optional() }),
    reply: reply(gamebookHistory),
    summary: "Gamebook runs of one workspace, page by page.",
  }),
  "gamebooks.playbooks": defineOperation({
    ...gamebookRead,
    path: "/workspaces/{workspaceId}/gamebooks/history/{gamebookId}/playbooks",
    tenancy: "path",
    certainty: "documented",
    params: z.strictObject({ ...inWorkspace, gamebookId: segment(256) }),
    // The year (UTC) of the run's creationDate is a storage partition and required, though the index does not say so.
    query: z.strictObject({ year: z.int().min(2000).max(2100), tenantId: short(256).optional() }),
    reply: reply(rows(playbook)),
    summary: "The playbooks of one gamebook run.",
  }),
  "gamebooks.byIncident": defineOperation({
    ...gamebookRead,
    path: "/workspaces/{workspaceId}/gamebooks/by-incident/{incidentId}",
    tenancy: "path",
    certainty: "documented",
    params: z.strictObject({ ...inWorkspace, incidentId }),
    query: none,
    reply: reply(rows(gamebook)),
    summary: "All gamebook runs for an incident, whatever its source.",
  }),
  "gamebooks.acrossHistory": defineOperation({
    ...gamebookRead,
    path: "/gamebooks/across-workspaces/history",
    tenancy: "rows",
    certainty: "documented",
    params: none,
    query: z.strictObject({
      /** Comma-separated workspace ids (a guess: the vendor declares a single string). */
      workspaces: short(20_000).optional(),
      /** Comma-separated statuses (the same guess). */
      statuses: short(1_000).optional(),
      currentPage: z.int().min(0).max(1_000_000),
      query: sentence(500).optional(),
    }),
    reply: reply(gamebookPages),
    summary: "Gamebook runs over every visible workspace, by page number.",
  }),
};
