import { object, withRaw } from "../object-reader";
import { flag, isPlain, raw, type Reader, rows, text } from "../readers";

/** The usual members of an Azure resource. All replies of this family are a guess: `raw` shows what came. */
const resource = { id: text, name: text, location: text };

export const subscription = withRaw(
  object(
    { id: text, subscriptionId: text, displayName: text, tenantId: text, state: text },
    { aliases: { displayName: ["name"] } },
  ),
);
export type AzureSubscription = ReturnType<typeof subscription>;

export const networkSecurityGroup = withRaw(object({ ...resource, resourceGroup: text }));
export type NetworkSecurityGroup = ReturnType<typeof networkSecurityGroup>;

export const resourceGroup = withRaw(object(resource));
export type ResourceGroup = ReturnType<typeof resourceGroup>;

export const logWorkspace = withRaw(object({ ...resource, customerId: text }));
export type LogWorkspace = ReturnType<typeof logWorkspace>;

export const sentinel = withRaw(object({ ...resource, workspaceName: text }));
export type Sentinel = ReturnType<typeof sentinel>;

/** A bare array, or an object around one (`value` is Azure's own habit). */
export function azureList<T>(read: Reader<T>): Reader<T[]> {
  return (value, reading) =>
    rows(read)(isPlain(value) ? (value.value ?? value.items ?? [value]) : value, reading);
}

/** Whether the caller is an Owner; null when the reply is neither a boolean nor an object with one. */
export const ownership: Reader<{ isOwner: boolean | null; raw: unknown }> = (value, reading) => ({
  isOwner: flag(isPlain(value) ? (value.isOwner ?? value.owner) : value, reading),
  raw: raw(value, reading),
});

const validityMembers = object({ isValid: flag, message: text }, { aliases: { isValid: ["valid", "ok"] } });

/** Whether a workspace carries Sentinel and can be used; null when the reply does not say in a known way. */
export const validity: Reader<{ isValid: boolean | null; message: string | null; raw: unknown }> = (
  value,
  reading,
) => ({
  ...(isPlain(value) ? validityMembers(value, reading) : { isValid: flag(value, reading), message: null }),
  raw: raw(value, reading),
});
