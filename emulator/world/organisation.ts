import { type Analyst, staffOf } from "../data/people";
import { guid, hashText } from "../random/hash";
import type { Instant } from "../time/clock";
import { Arrivals } from "./arrivals";
import type { OrganisationKey, Stream, Workspace } from "./model";
import { populate } from "./population";
import type { Scenario } from "./scenarios";
import { makeWorkspaces } from "./workspaces";

const names: Readonly<Record<OrganisationKey, string>> = {
  main: "Lanterna Managed Security",
  globex: "Globex Watch",
};

/** One service provider and what never changes about it: its customers, its staff, its stream of incidents. */
export interface Organisation {
  readonly key: OrganisationKey;
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  readonly hash: number;
  readonly seed: number;
  readonly scenario: Scenario;
  readonly workspaces: readonly Workspace[];
  readonly staff: readonly Analyst[];
  /** Those of the staff who take incidents. */
  readonly analysts: readonly Analyst[];
  readonly arrivals: Arrivals;
}

export function makeOrganisation(
  key: OrganisationKey,
  scenario: Scenario,
  start: Instant,
  seed: number,
): Organisation {
  const hash = hashText(key, seed);
  const workspaces = makeWorkspaces(key, scenario.workspaces, seed);
  populate(workspaces, scenario, start, hash);
  const staff = staffOf(key, hash);
  return {
    key,
    id: guid(hash, 1),
    tenantId: guid(hash, 2),
    name: names[key],
    hash,
    seed,
    scenario,
    workspaces,
    staff,
    analysts: staff.filter((person) => !person.isAgent),
    arrivals: new Arrivals(workspaces, scenario, start, hash),
  };
}

/** The workspace with this id, without regard to case. */
export function findWorkspace(organisation: Organisation, id: string): Workspace | null {
  const wanted = id.toLowerCase();
  return organisation.workspaces.find((workspace) => workspace.id === wanted) ?? null;
}

export function findStream(workspace: Workspace, source: string): Stream | null {
  const wanted = source.toLowerCase();
  return workspace.streams.find((stream) => stream.source.toLowerCase() === wanted) ?? null;
}
