import type { ReactNode } from "react";
import { WebhooksNav } from "@/components/webhooks/webhooks-nav";

/** The webhooks desk: its pages under one row of links. Each page and each call decides rights by itself. */
export default function WebhooksLayout({ children }: { readonly children: ReactNode }) {
  return (
    <div className="flex h-full flex-col">
      <WebhooksNav />
      <div className="min-h-0 flex-1 overflow-auto">{children}</div>
    </div>
  );
}
