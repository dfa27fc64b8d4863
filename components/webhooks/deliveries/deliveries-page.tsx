"use client";

import { NeedsPermission } from "@/components/shell/needs-permission";
import { usePageTitle } from "@/components/shell/page-title";
import { DeliveryLog } from "./delivery-log";

/** One delivery log over all webhooks. */
export function DeliveriesPage() {
  usePageTitle("Deliveries");
  return (
    <NeedsPermission permission="webhooks:read" title="Deliveries are for managers and administrators">
      <DeliveryLog webhookId={null} />
    </NeedsPermission>
  );
}
