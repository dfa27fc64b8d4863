import { guid, hashText } from "../random/hash";

interface PlaybookKind {
  readonly entityType: "User" | "Device" | "IP" | "Url" | "Mail" | "File";
  readonly description: string;
  readonly isAdminRequired: boolean;
}

const kinds: Readonly<Record<string, PlaybookKind>> = {
  "Isolate device": {
    entityType: "Device",
    description: "Cuts the device off the network; only the sensor may talk.",
    isAdminRequired: true,
  },
  "Isolate endpoint": {
    entityType: "Device",
    description: "Disconnects the endpoint from the network.",
    isAdminRequired: true,
  },
  "Contain host": {
    entityType: "Device",
    description: "Network containment by the sensor.",
    isAdminRequired: true,
  },
  Rollback: {
    entityType: "Device",
    description: "Restores files from the agent's snapshots.",
    isAdminRequired: true,
  },
  "Disable user": {
    entityType: "User",
    description: "Blocks sign-in of the account.",
    isAdminRequired: true,
  },
  "Reset password": {
    entityType: "User",
    description: "Forces a new password at the next sign-in.",
    isAdminRequired: false,
  },
  "Revoke sessions": { entityType: "User", description: "Revokes refresh tokens.", isAdminRequired: false },
  "Revoke app consent": {
    entityType: "User",
    description: "Removes the grant of an OAuth application.",
    isAdminRequired: false,
  },
  "Remove inbox rule": {
    entityType: "Mail",
    description: "Deletes the rule that forwards or hides mail.",
    isAdminRequired: false,
  },
  "Soft delete mail": {
    entityType: "Mail",
    description: "Moves the messages to recoverable items.",
    isAdminRequired: false,
  },
  "Block sender": {
    entityType: "Mail",
    description: "Adds the sender to the tenant's block list.",
    isAdminRequired: false,
  },
  "Block IP": {
    entityType: "IP",
    description: 'Adds the address to the named location "Blocked".',
    isAdminRequired: false,
  },
  "Block URL": {
    entityType: "Url",
    description: "Adds an indicator for the address.",
    isAdminRequired: false,
  },
  "Run antivirus scan": {
    entityType: "Device",
    description: "Full scan with current signatures.",
    isAdminRequired: false,
  },
  "Collect investigation package": {
    entityType: "Device",
    description: "Collects logs, processes and autoruns.",
    isAdminRequired: false,
  },
};

export function playbookKind(name: string): PlaybookKind {
  return kinds[name] ?? { entityType: "Device", description: "", isAdminRequired: false };
}

/** The id of a playbook in the provider's catalogue. */
export function referenceIdOf(name: string): string {
  return guid(hashText(name), 5);
}
