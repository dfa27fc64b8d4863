import { dateTime, envelope, integer, type Sample, text } from "./fillers";

const workspaceId = "6eca6a1f-b7d1-4bb8-a055-35ad6bb4b9b1";

/** The incident as ticket calls name it: `number` is text here. */
const incident = { id: "INC-12345", source: "Sentinel", workspaceId, number: "1234" };

const ticket = {
  autotaskTicket: {
    id: integer,
    companyId: integer,
    projectId: integer,
    assignedResourceId: integer,
    assignedResourceRoleId: integer,
    billingCodeId: integer,
    categoryId: integer,
    number: text,
    type: integer,
    title: text,
    description: text,
    priority: "High",
    status: integer,
    queueId: integer,
    dueDateTime: dateTime,
    notes: [{ id: integer, description: text, ticketId: integer, title: text }],
  },
  serviceNowTicket: {
    id: text,
    description: text,
    shortDescription: text,
    number: text,
    state: "New",
    urgency: "High",
    comments: [
      { sysId: text, elementId: text, value: text, createdOn: dateTime, createdBy: text, element: text },
    ],
  },
  jiraTicket: {
    id: text,
    description: text,
    summary: text,
    number: text,
    currentStatus: { id: text, name: text },
    priority: { id: text, name: text },
    assignee: { accountId: text, displayName: text, active: true },
    project: { id: text, name: text, key: text },
  },
};

export const ticketSamples: readonly Sample[] = [
  {
    name: "link a ticket",
    id: "tickets.link",
    params: { workspaceId },
    body: { ticketId: text, incident },
    reply: envelope(ticket),
  },
  {
    name: "unlink a ticket",
    id: "tickets.unlink",
    params: { workspaceId },
    body: { ticketId: text, incident },
    reply: envelope(true),
  },
  {
    name: "search by number",
    id: "tickets.search",
    params: { workspaceId },
    search: "?groupingId=g&ticketNumber=T20260415.0001",
  },
];
