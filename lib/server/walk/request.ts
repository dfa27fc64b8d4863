import "server-only";
import { z } from "zod";
import { incidentFilter } from "@/lib/contract/incidents";

/**
 * Body of our own `POST incidents/across-workspaces`: upstream's filter members (as the contract checks them) and the
 * sealed cursor. Upstream's paging members are not taken from a browser.
 */
export const walkRequestBody = z.strictObject({ ...incidentFilter, cursor: z.string().max(300).nullable() });
