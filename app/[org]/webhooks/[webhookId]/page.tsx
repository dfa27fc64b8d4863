import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { WebhookPage } from "@/components/webhooks/detail/webhook-page";
import { readSegments } from "@/lib/domain/path-segments";

export const metadata: Metadata = { title: "Webhook" };

interface PageProps {
  readonly params: Promise<{ webhookId: string }>;
}

/** The browser reads the webhook through the proxy, which decides; here the address is only taken apart. */
export default async function Page({ params }: PageProps) {
  const segments = readSegments(await params);
  if (segments === null) notFound();
  return <WebhookPage webhookId={segments.webhookId} />;
}
