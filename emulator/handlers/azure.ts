import { type Call, type HandlersOf, ok, type Outcome } from "../api/handler";
import {
  logWorkspacesOf,
  type ResourceGroup,
  resourceGroupsOf,
  securityGroupsOf,
  type Subscription,
  subscriptionsOf,
} from "../azure/resources";
import { notFound } from "../http/problem";

type AzureCall = Pick<Call<"azure.subscriptions">, "realm" | "alternate">;

function requireSubscription(call: AzureCall, id: string): Subscription {
  const wanted = id.toLowerCase();
  const found = subscriptionsOf(call.realm.organisation).find((subscription) => subscription.id === wanted);
  if (found === undefined) throw notFound("Subscription", id);
  return found;
}

/** Azure compares names of resource groups without regard to case. */
function requireGroup(call: AzureCall, subscriptionId: string, name: string): ResourceGroup {
  const subscription = requireSubscription(call, subscriptionId);
  const found = resourceGroupsOf(subscription).find(
    (group) => group.name.toLowerCase() === name.toLowerCase(),
  );
  if (found === undefined) throw notFound("Resource group", name);
  return found;
}

/** A bare array, or Azure's own habit of wrapping it in `value`. */
function listed(call: AzureCall, items: readonly unknown[]): Outcome {
  return ok(call.alternate ? { value: items } : items);
}

function validate(call: Call<"azure.validate">): unknown {
  const { subscriptionId, resourceGroup, workspaceName } = call.params;
  const group = requireGroup(call, subscriptionId, resourceGroup);
  const found = logWorkspacesOf(group).find(
    (workspace) => workspace.name.toLowerCase() === workspaceName.toLowerCase(),
  );
  if (found === undefined) throw notFound("Workspace", workspaceName);
  if (call.alternate) return found.hasSentinel;
  return {
    isValid: found.hasSentinel,
    message: found.hasSentinel ? null : "Microsoft Sentinel is not enabled on this workspace.",
  };
}

export const azureHandlers: HandlersOf<"azure"> = {
  "azure.subscriptions": (call) =>
    listed(
      call,
      subscriptionsOf(call.realm.organisation).map(({ id, displayName, state }) => ({
        id: `/subscriptions/${id}`,
        subscriptionId: id,
        displayName,
        tenantId: call.realm.organisation.tenantId,
        state,
      })),
    ),
  "azure.isOwner": (call) => {
    const { isOwner } = requireSubscription(call, call.query.subscriptionId);
    return ok(call.alternate ? { isOwner } : isOwner);
  },
  "azure.networkSecurityGroups": (call) =>
    listed(call, securityGroupsOf(requireSubscription(call, call.params.subscriptionId))),
  "azure.resourceGroups": (call) =>
    listed(
      call,
      resourceGroupsOf(requireSubscription(call, call.params.subscriptionId)).map(
        ({ id, name, location }) => ({ id, name, location }),
      ),
    ),
  "azure.workspaces": (call) =>
    listed(
      call,
      logWorkspacesOf(requireGroup(call, call.params.subscriptionId, call.params.resourceGroup)).map(
        ({ id, name, customerId, location }) => ({ id, name, customerId, location }),
      ),
    ),
  "azure.sentinels": (call) =>
    listed(
      call,
      logWorkspacesOf(requireGroup(call, call.params.subscriptionId, call.params.resourceGroup))
        .filter((workspace) => workspace.hasSentinel)
        .map(({ id, name, location }) => ({
          id: `${id}/providers/Microsoft.SecurityInsights/onboardingStates/default`,
          name: `SecurityInsights(${name})`,
          workspaceName: name,
          location,
        })),
    ),
  "azure.validate": (call) => ok(validate(call)),
  "azure.analyticalRule": (call) => {
    call.realm.rules.set(call.params.ruleId, call.query.enabled);
    return ok(true);
  },
};
