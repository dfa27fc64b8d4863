import { object, withRaw } from "../object-reader";
import {
  flag,
  id,
  instant,
  isPlain,
  known,
  list,
  number,
  optional,
  type Reader,
  rows,
  text,
  reshaped,
} from "../readers";
import { ticketPriorities } from "../vocabulary";

const autotaskTicket = object({
  id,
  companyId: number,
  projectId: number,
  assignedResourceId: number,
  assignedResourceRoleId: number,
  billingCodeId: number,
  categoryId: number,
  number: text,
  type: number,
  title: text,
  description: text,
  priority: known(ticketPriorities),
  status: number,
  queueId: number,
  dueDateTime: instant,
  notes: list(object({ id, description: text, ticketId: text, title: text })),
});

const serviceNowTicket = object({
  id,
  description: text,
  shortDescription: text,
  number: text,
  state: text,
  urgency: known(ticketPriorities),
  comments: list(
    object({
      sysId: id,
      elementId: text,
      value: text,
      createdOn: instant,
      createdBy: text,
      element: text,
    }),
  ),
});

const named = optional(object({ id: text, name: text }));

const jiraTicket = object({
  id,
  description: text,
  summary: text,
  number: text,
  currentStatus: named,
  priority: named,
  assignee: optional(object({ accountId: text, displayName: text, active: flag })),
  project: optional(object({ id: text, name: text, key: text })),
});

/** One member per ticketing product; only the connected one is filled. `raw` shows products nobody has described. */
export const serviceTicket = withRaw(
  object({
    autotaskTicket: optional(autotaskTicket),
    serviceNowTicket: optional(serviceNowTicket),
    jiraTicket: optional(jiraTicket),
  }),
);
export type ServiceTicket = ReturnType<typeof serviceTicket>;

/** Found tickets: an array, one ticket, or `{ tickets }` (all a guess). */
export const ticketSearch: Reader<ServiceTicket[]> = (value, reading) => {
  if (!isPlain(value)) return rows(serviceTicket)(value, reading);
  const wrapped = value.tickets ?? value.items;
  return rows(serviceTicket)(Array.isArray(wrapped) ? wrapped : [value], reading);
};

/** Changing a priority answers the ticket, a boolean or nothing (a guess): `ok` is false only for a plain `false`. */
export const priorityChange: Reader<{ ok: boolean; ticket: ServiceTicket | null }> = reshaped(
  (value, reading) => (isPlain(value) ? optional(serviceTicket)(value, reading) : value === false),
  (read) => ({ ok: read !== true, ticket: typeof read === "object" ? read : null }),
);
