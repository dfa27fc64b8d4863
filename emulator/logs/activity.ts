import {
  autonomousSystems,
  cloudApplications,
  countries,
  hostName,
  privateAddress,
  publicAddress,
} from "../data/network";
import { chance, guid, hashText, mix, pick } from "../random/hash";
import type { Instant } from "../time/clock";
import { minuteMs, vendorTimestamp } from "../time/instant";
import type { Workspace } from "../world/model";

/** One moment in a user's history: something happens about every forty minutes, always the same for the same user. */
export interface Moment {
  readonly at: Instant;
  readonly hash: number;
}

const spacingMs = 40 * minuteMs;
/** Longer windows are cut, newest first. */
const most = 500;

/** Moments of a user in a window, newest first. `kind` keeps sign-ins and directory changes apart. */
export function momentsOf(
  workspace: Workspace,
  userId: string,
  kind: string,
  window: { from: Instant; to: Instant },
): readonly Moment[] {
  const userHash = hashText(`${kind} ${userId.toLowerCase()}`, workspace.hash);
  const moments: Moment[] = [];
  for (let slot = Math.floor(window.to / spacingMs); slot * spacingMs > window.from - spacingMs; slot -= 1) {
    if (moments.length >= most) break;
    const hash = mix(userHash, slot);
    const at = slot * spacingMs + (hash % spacingMs);
    if (at >= window.from && at <= window.to && chance(hash, 1, 0.55)) moments.push({ at, hash });
  }
  return moments;
}

export const signinColumns = [
  "createdDateTime",
  "appDisplayName",
  "ipAddress",
  "location",
  "status",
  "errorCode",
  "failureReason",
  "clientAppUsed",
  "deviceDisplayName",
  "isInteractive",
  "isCompliant",
  "conditionalAccessStatus",
  "riskLevelDuringSignIn",
  "autonomousSystem",
  "correlationId",
] as const;

/** One sign-in as a row of texts, in the order of `signinColumns`. */
export function signinRow(moment: Moment, workspace: Workspace): readonly string[] {
  const { hash } = moment;
  const fails = chance(hash, 2, 0.14);
  const away = chance(hash, 3, 0.08);
  return [
    vendorTimestamp(moment.at),
    pick(hash, 4, cloudApplications),
    away ? publicAddress(hash, 5) : privateAddress(workspace.hash, 6),
    away ? pick(hash, 7, countries) : "Head office",
    fails ? "Failure" : "Success",
    fails ? pick(hash, 8, ["50126", "50074", "53003", "50053"]) : "0",
    fails ? 'Invalid username or password; "quoted", comma' : "",
    pick(hash, 9, ["Browser", "Mobile Apps and Desktop clients", "IMAP4", "Exchange ActiveSync"]),
    chance(hash, 10, 0.3) ? "" : hostName(hash, 11),
    chance(hash, 12, 0.6) ? "True" : "False",
    chance(hash, 13, 0.7) ? "True" : "False",
    fails ? "failure" : pick(hash, 14, ["success", "notApplied"]),
    away ? pick(hash, 15, ["medium", "high", "low"]) : "none",
    away ? pick(hash, 16, autonomousSystems) : "",
    guid(hash, 17),
  ];
}

const activities = [
  { activity: "Update user", category: "UserManagement", service: "Core Directory" },
  { activity: "Add member to role", category: "RoleManagement", service: "Core Directory" },
  { activity: "Consent to application", category: "ApplicationManagement", service: "Core Directory" },
  {
    activity: "Reset user password",
    category: "UserManagement",
    service: "Self-service Password Management",
  },
  {
    activity: "User registered security info",
    category: "UserManagement",
    service: "Authentication Methods",
  },
  { activity: "Add conditional access policy", category: "Policy", service: "Conditional Access" },
];

/** One directory change, with the user as its actor or its target. */
export function directoryItem(moment: Moment, userId: string): Record<string, unknown> {
  const { hash } = moment;
  const what = pick(hash, 21, activities);
  const failed = chance(hash, 22, 0.1);
  const target = chance(hash, 23, 0.5)
    ? userId
    : `${pick(hash, 24, ["Helpdesk Operators", "Global Reader", "VPN – Zürich", "营销部"])}`;
  return {
    date: vendorTimestamp(moment.at),
    service: what.service,
    activity: what.activity,
    category: what.category,
    status: failed ? "failure" : "success",
    statusReason: failed ? "Authorization_RequestDenied" : null,
    targetResources: chance(hash, 25, 0.2) ? [] : [target],
    targets: target,
    actor: chance(hash, 26, 0.6) ? userId : "Microsoft Azure AD Internal - Jit Provisioning",
  };
}
