import { z } from "zod";
import { guid, inWorkspace, none, short, source } from "./inputs";
import { defineOperation } from "./operation";
import { optional, reply } from "./readers";
import { outcome } from "./shapes/outcome";
import { priorityChange, serviceTicket, ticketSearch } from "./shapes/ticket";

const ticketId = short(128).min(1);

/** The incident as the ticket calls name it. `number` is text here, though an integer on the incident. */
const incident = z.strictObject({
  id: short(256).min(1),
  source,
  workspaceId: guid,
  number: short(64),
});

/** Never sent again on its own: linking twice may be a conflict or a second link, the vendor does not say. */
const ticketChange = {
  scope: "tickets:manage",
  kind: "mutation",
  repeat: "once",
  tenancy: "path",
  permission: "tickets:manage",
  audited: false,
  params: z.strictObject(inWorkspace),
  query: none,
} as const;

export const tickets = {
  "tickets.search": defineOperation({
    method: "GET",
    path: "/workspaces/{workspaceId}/tickets/search",
    scope: "tickets:read",
    kind: "query",
    repeat: "read",
    tenancy: "path",
    permission: "tickets:read",
    audited: false,
    certainty: "guess",
    params: z.strictObject(inWorkspace),
    query: z.strictObject({ groupingId: short(256).optional(), ticketNumber: short(256).optional() }),
    body: null,
    reply: reply(ticketSearch),
    summary: "Service tickets of the connected ticketing product.",
  }),
  "tickets.link": defineOperation({
    ...ticketChange,
    method: "POST",
    path: "/workspaces/{workspaceId}/tickets/link",
    certainty: "documented",
    body: z.strictObject({ ticketId, incident }),
    reply: reply(optional(serviceTicket)),
    summary: "Links a service ticket to an incident.",
  }),
  "tickets.unlink": defineOperation({
    ...ticketChange,
    method: "POST",
    path: "/workspaces/{workspaceId}/tickets/unlink",
    certainty: "documented",
    // The body's members were not readable; this is the body of link (a guess).
    body: z.strictObject({ ticketId, incident }),
    reply: reply(outcome),
    summary: "Unlinks a service ticket from an incident; not ok when nothing was linked.",
  }),
  "tickets.priority": defineOperation({
    ...ticketChange,
    method: "PUT",
    path: "/workspaces/{workspaceId}/tickets/priority",
    certainty: "guess",
    body: z.strictObject({ ticketId, priority: short(64).min(1), incident: incident.optional() }),
    reply: reply(priorityChange),
    summary: "Changes a ticket's priority.",
  }),
};
