import { between, guid, mix, pick, sequenceGuid } from "../random/hash";
import type { Organisation } from "../world/organisation";

export interface Subscription {
  readonly id: string;
  readonly displayName: string;
  readonly state: string;
  /** Whether the service account owns it. */
  readonly isOwner: boolean;
  readonly hash: number;
}

const subscriptionNames = [
  "Provider – SOC platform",
  "Provider – Sandbox (do not use)",
  "Customer landing zone",
  "Visual Studio Enterprise – Ø",
];

export function subscriptionsOf(organisation: Organisation): readonly Subscription[] {
  return subscriptionNames.map((displayName, index) => ({
    id: sequenceGuid(mix(organisation.hash, 0xa2), index),
    displayName,
    state: index === 3 ? "Warned" : "Enabled",
    isOwner: index === 0,
    hash: mix(organisation.hash, 0xa20 + index),
  }));
}

const locations = ["westeurope", "uksouth", "japaneast", "eastus2"];
/** Every character that Azure allows in a name is in one of them. */
const groupNames = ["rg-soc", "rg-sentinel-prod", "rg (legacy).prod_01", "NetworkWatcherRG"];

export interface ResourceGroup {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly hash: number;
}

export function resourceGroupsOf(subscription: Subscription): readonly ResourceGroup[] {
  return groupNames.map((name, index) => {
    const hash = mix(subscription.hash, index);
    return {
      id: `/subscriptions/${subscription.id}/resourceGroups/${name}`,
      name,
      location: pick(hash, 1, locations),
      hash,
    };
  });
}

export interface LogWorkspace {
  readonly id: string;
  readonly name: string;
  readonly customerId: string;
  readonly location: string;
  /** Whether Sentinel is on it. */
  readonly hasSentinel: boolean;
}

export function logWorkspacesOf(group: ResourceGroup): readonly LogWorkspace[] {
  if (group.name === "NetworkWatcherRG") return [];
  return Array.from({ length: between(group.hash, 2, 1, 3) }, (_, index) => {
    const name = `law-${pick(mix(group.hash, index), 3, locations)}-${index + 1}`;
    return {
      id: `${group.id}/providers/Microsoft.OperationalInsights/workspaces/${name}`,
      name,
      customerId: guid(group.hash, 10 + index),
      location: group.location,
      hasSentinel: index === 0,
    };
  });
}

export function securityGroupsOf(subscription: Subscription): readonly Record<string, unknown>[] {
  return resourceGroupsOf(subscription).flatMap((group) =>
    Array.from({ length: between(group.hash, 4, 0, 2) }, (_, index) => {
      const name = `nsg-${group.location}-${index + 1}`;
      const id = `${group.id}/providers/Microsoft.Network/networkSecurityGroups/${name}`;
      return { id, name, location: group.location, resourceGroup: group.name };
    }),
  );
}
