"use client";

import { NeedsPermission } from "@/components/shell/needs-permission";
import { WebhookList } from "./webhook-list";

/** Every webhook of the organisation, and how it fares. */
export function WebhooksPage() {
  return (
    <NeedsPermission permission="webhooks:read" title="Webhooks are for managers and administrators">
      <WebhookList />
    </NeedsPermission>
  );
}
