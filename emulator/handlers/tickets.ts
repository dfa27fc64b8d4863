import { type Call, type HandlersOf, ok } from "../api/handler";
import { ApiProblem, invalid, notFound } from "../http/problem";
import { requireIncident } from "../incidents/lookup";
import { prioritiesOf, spellPriority, type Ticket } from "../tickets/ticket";
import { ticketOut } from "../tickets/ticket-out";

type TicketCall = Call<"tickets.link" | "tickets.unlink" | "tickets.priority" | "tickets.search">;

function ticketsOf(call: Pick<TicketCall, "realm" | "workspace">): readonly Ticket[] {
  const tickets = call.realm.tickets.of(call.workspace);
  if (tickets === null)
    throw new ApiProblem("BAD_REQUEST", "No ticketing integration is connected to this workspace.");
  return tickets;
}

function requireTicket(call: Pick<TicketCall, "realm" | "workspace">, id: string): Ticket {
  const found = ticketsOf(call).find((ticket) => ticket.id.toLowerCase() === id.toLowerCase());
  if (found === undefined) throw notFound("Ticket", id);
  return found;
}

/** The incident that a body names must be one of the workspace in the path. */
function requireLinkable(call: Call<"tickets.link" | "tickets.unlink">): {
  source: string;
  incidentId: string;
} {
  const { incident } = call.body;
  if (incident.workspaceId.toLowerCase() !== call.workspace.id)
    throw invalid({ "incident.workspaceId": ["The incident belongs to another workspace than the path."] });
  requireIncident(call.workspace, incident.source, incident.id);
  return { source: incident.source, incidentId: incident.id };
}

function isLinkedTo(ticket: Ticket, wanted: { source: string; incidentId: string }): boolean {
  return (
    ticket.link !== null &&
    ticket.link.source === wanted.source &&
    ticket.link.incidentId.toLowerCase() === wanted.incidentId.toLowerCase()
  );
}

/** Linking again what is linked already changes nothing; a ticket of another incident is a conflict (both guesses). */
function link(call: Call<"tickets.link">): Record<string, unknown> {
  const ticket = requireTicket(call, call.body.ticketId);
  const wanted = requireLinkable(call);
  if (ticket.link !== null && !isLinkedTo(ticket, wanted))
    throw new ApiProblem("CONFLICT", `Ticket '${ticket.number}' is linked to another incident.`, {
      target: ticket.id,
    });
  ticket.link = wanted;
  return ticketOut(ticket);
}

/** `false` when nothing was linked (a guess). */
function unlink(call: Call<"tickets.unlink">): boolean {
  const ticket = requireTicket(call, call.body.ticketId);
  if (!isLinkedTo(ticket, requireLinkable(call))) return false;
  ticket.link = null;
  return true;
}

function changePriority(call: Call<"tickets.priority">): unknown {
  const ticket = requireTicket(call, call.body.ticketId);
  const priority = spellPriority(ticket.system, call.body.priority);
  if (priority === null)
    throw invalid({ priority: [`Must be one of ${prioritiesOf[ticket.system].join(", ")}.`] });
  ticket.priority = priority;
  return call.alternate ? true : ticketOut(ticket);
}

function search(call: Call<"tickets.search">): unknown {
  const { groupingId, ticketNumber } = call.query;
  if (groupingId === undefined && ticketNumber === undefined)
    throw invalid({
      groupingId: ["Give groupingId or ticketNumber."],
      ticketNumber: ["Give groupingId or ticketNumber."],
    });
  const found = ticketsOf(call)
    .filter(
      (ticket) => groupingId === undefined || ticket.groupingId.toLowerCase() === groupingId.toLowerCase(),
    )
    .filter(
      (ticket) => ticketNumber === undefined || ticket.number.toLowerCase() === ticketNumber.toLowerCase(),
    )
    .map(ticketOut);
  return call.alternate ? { tickets: found } : found;
}

export const ticketHandlers: HandlersOf<"tickets"> = {
  "tickets.search": (call) => ok(search(call)),
  "tickets.link": (call) => ok(link(call)),
  "tickets.unlink": (call) => ok(unlink(call)),
  "tickets.priority": (call) => ok(changePriority(call)),
};
