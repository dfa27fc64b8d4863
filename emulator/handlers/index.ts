import type { Handlers } from "../api/handler";
import { gamebookHandlers } from "./gamebooks";
import { incidentHandlers } from "./incidents";

/** All handlers; complete by type. */
export const handlers = { ...incidentHandlers, ...gamebookHandlers } as unknown as Handlers;
