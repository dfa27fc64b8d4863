import { idOf } from "../incidents/identity";
import { descriptionOf, incidentHash, severityOf, titleOf } from "../incidents/profile";
import { between, chance, hex, mix } from "../random/hash";
import type { Instant } from "../time/clock";
import { minuteMs } from "../time/instant";
import type { Stream, Stub, TicketSystem, Workspace } from "../world/model";
import { prioritiesOf, type Ticket } from "./ticket";

const most = 60;

function naming(
  system: TicketSystem,
  hash: number,
  index: number,
): { id: string; number: string; groupingId: string } {
  switch (system) {
    case "autotask":
      return {
        id: String(40_000 + index),
        number: `T20261${between(hash, 1, 100, 131)}.${String(index).padStart(4, "0")}`,
        groupingId: String(29_682_833 + (index % 3)),
      };
    case "serviceNow":
      return {
        id: hex(hash, 2, 4),
        number: `INC${String(10_000 + index).padStart(7, "0")}`,
        groupingId: ["soc-tier-1", "soc-tier-2"][index % 2] ?? "soc-tier-1",
      };
    case "jira":
      return { id: String(20_000 + index), number: `SEC-${100 + index}`, groupingId: "SEC" };
  }
}

function ticketFor(
  workspace: Workspace,
  system: TicketSystem,
  stream: Stream,
  stub: Stub,
  index: number,
): Ticket {
  const hash = mix(incidentHash(stream, stub), 0x71);
  const severity = severityOf(stream, stub);
  const words = prioritiesOf[system];
  return {
    ...naming(system, mix(workspace.hash, index), index),
    system,
    hash,
    title: `[${workspace.name}] ${titleOf(stream, stub)}`,
    description: descriptionOf(stream, stub),
    createdAt: stub.at + 3 * minuteMs,
    priority: words.find((word) => word === severity) ?? words[words.length - 1] ?? "Low",
    link: chance(hash, 3, 0.8) ? { source: stream.source, incidentId: idOf(stream, stub) } : null,
    notes: chance(hash, 4, 0.5)
      ? [
          {
            at: stub.at + 9 * minuteMs,
            by: "soc@watch.example",
            text: "Opened by the watch floor.\r\nCustomer informed.",
          },
        ]
      : [],
  };
}

/** Service tickets by workspace. Made for a share of the incidents that were there at the start, when first asked for. */
export class TicketStore {
  readonly #start: Instant;
  readonly #byWorkspace = new Map<string, readonly Ticket[]>();

  constructor(start: Instant) {
    this.#start = start;
  }

  /** Tickets of a workspace, or `null` when it has no ticketing product. */
  of(workspace: Workspace): readonly Ticket[] | null {
    const system = workspace.tickets;
    if (system === null) return null;
    const known = this.#byWorkspace.get(workspace.id);
    if (known !== undefined) return known;
    const tickets: Ticket[] = [];
    for (const stream of workspace.streams) {
      for (const stub of stream.stubs) {
        if (tickets.length >= most || stub.at > this.#start) break;
        if (chance(incidentHash(stream, stub), 141, 0.2))
          tickets.push(ticketFor(workspace, system, stream, stub, tickets.length + 1));
      }
    }
    this.#byWorkspace.set(workspace.id, tickets);
    return tickets;
  }
}
