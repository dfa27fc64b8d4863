"use client";

import { PageTabs } from "@/components/shell/page-tabs";
import { useCan, useSession } from "@/components/shell/session";
import { routes } from "@/lib/routes";

/** The pages of the webhooks desk. */
export function WebhooksNav() {
  const org = useSession().organisation.slug;
  const isShown = useCan("webhooks:read");
  if (!isShown) return null;
  return (
    <PageTabs
      label="Webhooks desk"
      tabs={[
        { label: "Webhooks", href: routes.webhooks(org), isRest: true },
        { label: "Deliveries", href: routes.deliveries(org) },
        { label: "Recovery", href: routes.recovery(org) },
      ]}
    />
  );
}
