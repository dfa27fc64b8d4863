import type { EntityKind } from "../data/templates/template";
import { between, chance, guid, hex, mix } from "../random/hash";
import type { Stream, Stub } from "../world/model";
import { type Cast, castOf, incidentHash, templateOf } from "./profile";

/** An entity as the API writes it; which members are there depends on `kind`. */
export interface EntityOut {
  readonly id: string;
  readonly type: string;
  readonly kind: string;
  readonly displayName: string | null;
  readonly friendlyName: string;
  readonly [member: string]: unknown;
}

const typeOf: Readonly<Record<EntityKind, string>> = {
  Account: "User",
  Host: "Device",
  IP: "IP",
  File: "File",
  FileHash: "File",
  Process: "File",
  URL: "Url",
  Mailbox: "Mail",
  MailMessage: "Mail",
  MailCluster: "Mail",
  CloudApplication: "User",
  AzureResource: "Device",
  Malware: "File",
  RegistryKey: "Device",
  SecurityGroup: "User",
};

type Members = Record<string, unknown> & { friendlyName: string };

const membersOf: Readonly<Record<EntityKind, (cast: Cast, hash: number) => Members>> = {
  Account: (cast, hash) => ({
    displayName: cast.user,
    friendlyName: cast.upn,
    userUpn: cast.upn,
    aadUserId: guid(hash, 3),
    accountEntityId: guid(hash, 4),
  }),
  Host: (cast, hash) => ({
    displayName: cast.host,
    friendlyName: cast.host,
    hostName: cast.host,
    deviceId: hex(hash, 5, 5),
    deviceAzureId: chance(hash, 6, 0.6) ? guid(hash, 7) : null,
    defenderAtpDeviceId: chance(hash, 8, 0.5) ? hex(hash, 9, 5) : null,
  }),
  IP: (cast) => ({ displayName: cast.ip, friendlyName: cast.ip, address: cast.ip }),
  File: (cast) => ({ displayName: cast.file, friendlyName: cast.file, fileName: cast.file }),
  FileHash: (_cast, hash) => {
    const value = hex(hash, 11, 8);
    return { displayName: null, friendlyName: `${value}(SHA256)`, hash: value };
  },
  Process: (cast) => ({
    displayName: cast.file,
    friendlyName: cast.file,
    fileName: cast.file,
    commandLine: `"C:\\ProgramData\\tmp\\${cast.file}" /quiet /e "${cast.userName}"`,
  }),
  URL: (cast) => ({ displayName: cast.url, friendlyName: cast.url, url: cast.url }),
  Mailbox: (cast) => ({ displayName: cast.user, friendlyName: cast.mailbox, mailbox: cast.mailbox }),
  MailMessage: (cast) => ({
    displayName: null,
    friendlyName: `Fw: Invoice ${cast.count} – bitte prüfen`,
    mailbox: cast.mailbox,
  }),
  MailCluster: (cast) => ({
    displayName: `${cast.count} messages`,
    friendlyName: "Cluster by sender domain",
  }),
  CloudApplication: (cast) => ({ displayName: cast.app, friendlyName: cast.app }),
  AzureResource: (cast, hash) => ({
    displayName: cast.otherHost,
    friendlyName: `/subscriptions/${guid(hash, 13)}/resourceGroups/rg-prod/providers/Microsoft.Network/networkSecurityGroups/nsg-${cast.otherHost}`,
  }),
  Malware: (cast) => ({ displayName: cast.malware, friendlyName: cast.malware }),
  RegistryKey: () => ({
    displayName: null,
    friendlyName: "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run",
  }),
  SecurityGroup: (cast) => ({
    displayName: `Domain Admins (${cast.userName})`,
    friendlyName: "Domain Admins",
  }),
};

/** The second and later entity of a kind is somebody else's: another user, another host. */
function castFor(stream: Stream, stub: Stub, repeat: number): Cast {
  if (repeat === 0) return castOf(stream, stub);
  return castOf(stream, { ...stub, seq: stub.seq + 7_919 * repeat, burst: 0 });
}

export function entitiesOf(stream: Stream, stub: Stub): readonly EntityOut[] {
  const hash = incidentHash(stream, stub);
  const seen = new Map<EntityKind, number>();
  const kinds = [...templateOf(stream, stub).entities];
  if (kinds.length > 0 && chance(hash, 101, 0.05)) {
    const extra = between(hash, 102, 8, 30);
    for (let i = 0; i < extra; i += 1) kinds.push("Account");
  }
  return kinds.map((kind, index) => {
    const repeat = seen.get(kind) ?? 0;
    seen.set(kind, repeat + 1);
    const entityHash = mix(hash, 200 + index);
    const members = membersOf[kind](castFor(stream, stub, repeat), entityHash);
    return {
      id: guid(entityHash, 1),
      type: typeOf[kind],
      // The vendor writes this kind in two ways.
      kind: kind === "IP" && chance(hash, 103, 0.3) ? "Ip" : kind,
      displayName: null,
      ...members,
    };
  });
}
