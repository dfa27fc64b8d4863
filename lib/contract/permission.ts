/**
 * What a person must be allowed to do before an operation is sent. Written on each operation of the registry;
 * which role holds which permission is decided in `lib/domain/access.ts`.
 */
export const permissions = [
  "incidents:read",
  "gamebooks:read",
  "datasources:read",
  "tickets:read",
  "tickets:manage",
  "investigation:read",
  "webhooks:read",
  "webhooks:manage",
  "service-accounts:read",
  "service-accounts:manage",
  "users:read",
  "users:manage",
  "azure:read",
  "rules:manage",
] as const;

export type Permission = (typeof permissions)[number];
