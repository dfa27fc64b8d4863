import { between, hex, pick } from "../random/hash";

const hostForms: readonly ((hash: number) => string)[] = [
  (hash) => `LAP-${between(hash, 2, 1000, 9999)}`,
  (hash) => `DESKTOP-${hex(hash, 3, 1).slice(0, 7).toUpperCase()}`,
  (hash) =>
    `srv-${pick(hash, 4, ["dc", "file", "sql", "print", "rds", "erp"])}${between(hash, 5, 1, 4).toString().padStart(2, "0")}`,
  (hash) => `${pick(hash, 6, ["recep", "ward", "till", "kiosk", "lab"])}-pc-${between(hash, 7, 1, 60)}`,
  (hash) => `MacBook-Pro-${between(hash, 8, 2, 60)}.local`,
];

export function hostName(hash: number, salt: number): string {
  return pick(hash, salt, hostForms)(hash);
}

/** An address from the documentation ranges (RFC 5737 and RFC 3849), which belong to nobody. */
export function publicAddress(hash: number, salt: number): string {
  const network = pick(hash, salt, ["192.0.2.", "198.51.100.", "203.0.113.", "203.0.113.", "2001:db8:"]);
  if (!network.endsWith(":")) return `${network}${between(hash, salt + 1, 1, 254)}`;
  return `${network}${hex(hash, salt + 1, 1).slice(0, 4)}::${between(hash, salt + 2, 1, 9999)}`;
}

export function privateAddress(hash: number, salt: number): string {
  return `10.${between(hash, salt, 0, 60)}.${between(hash, salt + 1, 0, 250)}.${between(hash, salt + 2, 2, 250)}`;
}

export const countries = [
  "Nigeria",
  "Brazil",
  "Viet Nam",
  "the Netherlands",
  "Côte d'Ivoire",
  "Romania",
  "Singapore",
  "Türkiye",
];

export const cloudApplications = [
  "Office 365 Exchange Online",
  "Azure Portal",
  "SharePoint Online",
  "Salesforce",
  "Microsoft Teams",
  "DocuSign",
  "Box",
  "Power BI",
];

export const fileNames = [
  "invoice_8841.pdf.exe",
  "Q3-payroll.xlsm",
  "rundll32.exe",
  "AnyDesk.exe",
  "svch0st.exe",
  "履歴書_2026.docm",
  "setup (1).msi",
  "update.ps1",
  "mimilib.dll",
  "vpn-client-installer.dmg",
];

export const malwareNames = [
  "Trojan:Win32/Wacatac.B!ml",
  "HackTool:Win32/Mimikatz",
  "Ransom:Win32/Lockfile.MK",
  "Behavior:Win32/SuspCopy.B",
  "Backdoor:MSIL/AsyncRat.AB",
];

export const lureUrls = [
  "https://login.microsoftonline.example-verify.test/common/oauth2?u={user}",
  "http://docs-share.test/d/8f31?next=%2Finbox&utm=1",
  "https://parcel-tracking.test/redirect;session=1?to=http://evil.test/x",
  "https://sharepoint.example.test/:w:/g/personal/%E2%9C%93",
];

export const autonomousSystems = [
  "AS64496 Example Transit",
  "AS64511 Bulletproof Hosting BV",
  "AS65551 Rural Fibre",
];
