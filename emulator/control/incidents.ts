import { z } from "zod";
import { incidentSources, severities, statuses } from "@/lib/contract/vocabulary";
import { findById, idOf } from "../incidents/identity";
import type { Change, Stream, Stub } from "../world/model";
import { findStream, findWorkspace } from "../world/organisation";
import { insert } from "../world/population";
import type { Realm, World } from "../world/world";
import type { IncidentKey } from "./oracle";

const person = z.strictObject({ id: z.string(), displayName: z.string(), email: z.string() });

/** One incident to add (without `id`) or to change (with it). Names one that is there by workspace, source and id. */
export const incidentInputSchema = z.strictObject({
  organisation: z.enum(["main", "globex"]).optional(),
  workspaceId: z.string(),
  source: z.enum(incidentSources),
  id: z.string().optional(),
  title: z.string().optional(),
  description: z.string().optional(),
  severity: z.enum(severities).optional(),
  status: z.enum(statuses).optional(),
  user: person.nullable().optional(),
  /** Only for a new one; now when absent. */
  creationTime: z.iso.datetime({ offset: true }).optional(),
});

export type IncidentInput = z.input<typeof incidentInputSchema>;

function unwrapped(body: unknown): unknown {
  if (Array.isArray(body)) return body;
  const wrapped: unknown =
    typeof body === "object" && body !== null ? Reflect.get(body, "incidents") : undefined;
  return wrapped ?? [body];
}

/** A list, `{ incidents }`, or a single one. */
export const incidentListSchema = z.preprocess(unwrapped, z.array(incidentInputSchema));

function streamFor(realm: Realm, input: IncidentInput): Stream {
  const workspace = findWorkspace(realm.organisation, input.workspaceId);
  if (workspace === null) throw new Error(`There is no workspace ${input.workspaceId}.`);
  const stream = findStream(workspace, input.source);
  if (stream === null) throw new Error(`${workspace.name} has no source ${input.source}.`);
  return stream;
}

function changeOf(input: IncidentInput, before: Change | undefined, now: number): Change {
  const { title, description, severity, status, user } = input;
  return {
    ...before,
    at: now,
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(severity === undefined ? {} : { severity }),
    ...(status === undefined ? {} : { status }),
    ...(user === undefined ? {} : { user }),
  };
}

/**
 * Adds or changes one incident. A new one is announced to the webhooks like any arrival.
 * @throws Error with a sentence when the workspace, source or incident does not exist
 */
export function putIncident(world: World, input: IncidentInput): IncidentKey {
  const realm = world.realm(input.organisation ?? "main");
  if (realm === null) throw new Error("There is no such organisation.");
  const stream = streamFor(realm, input);
  const now = world.clock.now();
  let stub: Stub;
  if (input.id === undefined) {
    stub = insert(stream, input.creationTime === undefined ? now : Date.parse(input.creationTime));
    stream.changes.set(stub.seq, changeOf(input, undefined, stub.at));
    world.announce({ realm, stream, stub });
  } else {
    const found = findById(stream, input.id);
    if (found === null)
      throw new Error(`${stream.workspace.name} has no incident ${input.id} in ${stream.source}.`);
    stub = found;
    stream.changes.set(stub.seq, changeOf(input, stream.changes.get(stub.seq), now));
  }
  return { workspaceId: stream.workspace.id, source: stream.source, id: idOf(stream, stub) };
}
