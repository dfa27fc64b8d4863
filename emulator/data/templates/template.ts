export type SeverityName = "Informational" | "Low" | "Medium" | "High";

/** Kinds of entity with the vendor's spelling. */
export type EntityKind =
  | "Account"
  | "Host"
  | "IP"
  | "File"
  | "FileHash"
  | "Process"
  | "URL"
  | "Mailbox"
  | "MailMessage"
  | "MailCluster"
  | "CloudApplication"
  | "AzureResource"
  | "Malware"
  | "RegistryKey"
  | "SecurityGroup";

/**
 * What a detection looks like. `{user}`, `{host}`, `{ip}`, `{country}`, `{app}`, `{file}`, `{malware}`, `{mailbox}`
 * and `{count}` in the texts are filled per incident, from the same values as its entities.
 */
export interface IncidentTemplate {
  readonly title: string;
  readonly product: string;
  readonly severities: readonly SeverityName[];
  readonly tactics: readonly string[];
  readonly entities: readonly EntityKind[];
  readonly about: string;
  /** What the provider would run; empty when there is nothing to do. */
  readonly playbooks: readonly string[];
}

/** One line of a template file, kept positional because the tables are read as tables. */
export function template(
  severities: readonly SeverityName[],
  title: string,
  product: string,
  tactics: readonly string[],
  entities: readonly EntityKind[],
  about: string,
  playbooks: readonly string[] = [],
): IncidentTemplate {
  return { title, product, severities, tactics, entities, about, playbooks };
}
