import type { Handlers } from "../api/handler";
import { azureHandlers } from "./azure";
import { datasourceHandlers } from "./datasources";
import { gamebookHandlers } from "./gamebooks";
import { incidentHandlers } from "./incidents";
import { investigationHandlers } from "./investigation";
import { serviceAccountHandlers } from "./service-accounts";
import { ticketHandlers } from "./tickets";
import { userHandlers } from "./users";
import { webhookHandlers } from "./webhooks";

/** A handler for each of the registry's operations: complete by type, a new entry without one does not compile. */
export const handlers: Handlers = {
  ...incidentHandlers,
  ...gamebookHandlers,
  ...datasourceHandlers,
  ...ticketHandlers,
  ...investigationHandlers,
  ...webhookHandlers,
  ...serviceAccountHandlers,
  ...userHandlers,
  ...azureHandlers,
};
