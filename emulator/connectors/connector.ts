import { between, chance, guid, hashText, mix, unit } from "../random/hash";
import type { Instant } from "../time/clock";
import { dateTime, dayMs, hourMs } from "../time/instant";
import type { Workspace } from "../world/model";

interface ConnectorKind {
  readonly name: string;
  readonly type: string;
  readonly provider: string;
  readonly table: string;
  /** Share of customers that have it connected. */
  readonly share: number;
}

const kinds: readonly ConnectorKind[] = [
  {
    name: "Microsoft 365",
    type: "MicrosoftOffice",
    provider: "Microsoft",
    table: "OfficeActivity",
    share: 0.92,
  },
  {
    name: "Microsoft Entra ID",
    type: "AzureActiveDirectory",
    provider: "Microsoft",
    table: "SigninLogs",
    share: 0.95,
  },
  {
    name: "Microsoft Defender XDR",
    type: "MicrosoftThreatProtection",
    provider: "Microsoft",
    table: "DeviceEvents",
    share: 0.7,
  },
  {
    name: "Azure Activity",
    type: "AzureActivity",
    provider: "Microsoft",
    table: "AzureActivity",
    share: 0.6,
  },
  {
    name: "Windows Security Events via AMA",
    type: "WindowsSecurityEvents",
    provider: "Microsoft",
    table: "SecurityEvent",
    share: 0.5,
  },
  { name: "Syslog via AMA", type: "Syslog", provider: "Microsoft", table: "Syslog", share: 0.55 },
  {
    name: "Common Event Format (CEF) – Fortinet FortiGate",
    type: "CommonSecurityLog",
    provider: "Fortinet",
    table: "CommonSecurityLog",
    share: 0.35,
  },
  {
    name: "Palo Alto Networks",
    type: "PaloAlto",
    provider: "Palo Alto Networks",
    table: "CommonSecurityLog",
    share: 0.25,
  },
  { name: "Cisco Meraki", type: "CiscoMeraki", provider: "Cisco", table: "meraki_CL", share: 0.3 },
  { name: "Okta Single Sign-On (Preview)", type: "Okta", provider: "Okta", table: "Okta_CL", share: 0.15 },
  { name: "Amazon Web Services S3", type: "AwsS3", provider: "Amazon", table: "AWSCloudTrail", share: 0.2 },
  {
    name: "DNS events via AMA",
    type: "Dns",
    provider: "Microsoft",
    table: "ASimDnsActivityLogs",
    share: 0.2,
  },
  {
    name: "Threat Intelligence – TAXII",
    type: "ThreatIntelligenceTaxii",
    provider: "Microsoft",
    table: "ThreatIntelligenceIndicator",
    share: 0.3,
  },
];

export interface Connector {
  readonly id: string;
  readonly workspace: Workspace;
  readonly kind: ConnectorKind;
  readonly connected: boolean;
  readonly hash: number;
}

/** Connectors of a customer; those that are not connected are listed too (a guess). */
export function connectorsOf(workspace: Workspace): readonly Connector[] {
  return kinds
    .map((kind): Connector => {
      const hash = mix(workspace.hash, hashText(kind.name));
      return { id: guid(hash, 1), workspace, kind, connected: chance(hash, 2, kind.share), hash };
    })
    .filter((connector) => connector.connected || chance(connector.hash, 3, 0.35));
}

const stretchMs = 4 * dayMs;

/**
 * Since when a connector is silent, or `null`. Time is cut into stretches of four days; in some of them (the
 * scenario's share) the connector falls silent for between three hours and three days.
 */
export function silentSince(connector: Connector, silentShare: number, now: Instant): Instant | null {
  if (!connector.connected) return null;
  const stretch = Math.floor(now / stretchMs);
  const hash = mix(connector.hash, stretch);
  if (!chance(hash, 4, Math.min(1, silentShare * 2.6))) return null;
  const from = Math.round(stretch * stretchMs + unit(hash, 5) * stretchMs * 0.6);
  const length = between(hash, 6, 3, 72) * hourMs;
  return now >= from && now < from + length ? from : null;
}

export function connectorOut(connector: Connector, now: Instant): Record<string, unknown> {
  const { hash, kind, workspace } = connector;
  return {
    name: kind.name,
    icon: chance(hash, 7, 0.5) ? `https://cdn.example.test/connectors/${kind.type.toLowerCase()}.svg` : null,
    dataConnectorId: connector.id,
    provider: kind.provider,
    description: chance(hash, 8, 0.3) ? null : `Streams ${kind.table} into the workspace.`,
    connectorType: kind.type,
    connected: connector.connected,
    modificationDateTime: chance(hash, 9, 0.1)
      ? null
      : dateTime(now - between(hash, 10, 3, 400) * dayMs, hash),
    parametersHelper: chance(hash, 11, 0.4)
      ? [
          { propertyName: "workspaceName", propertyValue: `law-${workspace.index}` },
          { propertyName: "subscriptionId", propertyValue: guid(hash, 12) },
        ]
      : null,
  };
}
