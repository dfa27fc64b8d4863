import { between, chance, guid, hex } from "../random/hash";
import { dateTime, dayMs } from "../time/instant";
import { prioritiesOf, type Ticket } from "./ticket";

function autotask(ticket: Ticket): Record<string, unknown> {
  const { hash } = ticket;
  return {
    id: Number(ticket.id),
    companyId: between(hash, 31, 170, 9_000),
    projectId: null,
    assignedResourceId: chance(hash, 32, 0.6) ? between(hash, 33, 29_682_885, 29_682_990) : null,
    assignedResourceRoleId: null,
    billingCodeId: null,
    categoryId: 3,
    number: ticket.number,
    type: 2,
    title: ticket.title,
    description: ticket.description,
    priority: ticket.priority,
    status: ticket.link === null ? 5 : 1,
    queueId: Number(ticket.groupingId),
    dueDateTime: dateTime(ticket.createdAt + dayMs, 1),
    notes: ticket.notes.map((note, index) => ({
      id: between(hash, 40 + index, 1_000, 99_999),
      description: note.text,
      ticketId: Number(ticket.id),
      title: `Note by ${note.by}`,
    })),
  };
}

function serviceNow(ticket: Ticket): Record<string, unknown> {
  return {
    id: ticket.id,
    description: ticket.description,
    shortDescription: ticket.title,
    number: ticket.number,
    state: ticket.link === null ? "New" : "In Progress",
    urgency: ticket.priority,
    comments: ticket.notes.map((note, index) => ({
      sysId: hex(ticket.hash, 40 + index, 4),
      elementId: ticket.id,
      value: note.text,
      createdOn: dateTime(note.at, 3),
      createdBy: note.by,
      element: "comments",
    })),
  };
}

function jira(ticket: Ticket): Record<string, unknown> {
  const place = prioritiesOf.jira.indexOf(ticket.priority);
  return {
    id: ticket.id,
    description: ticket.description,
    summary: ticket.title,
    number: ticket.number,
    currentStatus: ticket.link === null ? { id: "10000", name: "To Do" } : { id: "3", name: "In Progress" },
    priority: { id: String(place + 1), name: ticket.priority },
    assignee: chance(ticket.hash, 34, 0.5)
      ? { accountId: guid(ticket.hash, 35), displayName: "Service desk", active: true }
      : null,
    project: { id: "10012", name: "Security operations", key: ticket.groupingId },
  };
}

/** One member per product; only the connected one is filled (a guess). */
export function ticketOut(ticket: Ticket): Record<string, unknown> {
  return {
    autotaskTicket: ticket.system === "autotask" ? autotask(ticket) : null,
    serviceNowTicket: ticket.system === "serviceNow" ? serviceNow(ticket) : null,
    jiraTicket: ticket.system === "jira" ? jira(ticket) : null,
  };
}
