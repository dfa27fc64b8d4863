import type { Webhook } from "@/lib/contract/shapes/webhook";

/** What webhooks are called by their ids: the name, or the beginning of the id while nobody knows one. */
export function webhookNamer(webhooks: readonly Webhook[]): (id: string) => string {
  const names = new Map(webhooks.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? id.slice(0, 8);
}
