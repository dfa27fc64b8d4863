import type { Sample } from "./fillers";
import { incidentSamples } from "./samples-incidents";
import { organizationSamples } from "./samples-organization";
import { ticketSamples } from "./samples-tickets";
import { webhookSamples } from "./samples-webhooks";

/**
 * The exchanges that the vendor's pages show, typed by hand: what the registry must send and read, and what the
 * emulator must take and answer. Like the facts they derive from nothing.
 */
export const samples: readonly Sample[] = [
  ...incidentSamples,
  ...ticketSamples,
  ...webhookSamples,
  ...organizationSamples,
];
