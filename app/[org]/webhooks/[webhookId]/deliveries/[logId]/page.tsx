import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DeliveryPage } from "@/components/webhooks/delivery/delivery-page";
import { readSegments } from "@/lib/domain/path-segments";

export const metadata: Metadata = { title: "Delivery" };

interface PageProps {
  readonly params: Promise<{ webhookId: string; logId: string }>;
}

/** The partition key stays in the address and is read there by the browser, so that nothing reformats it. */
export default async function Page({ params }: PageProps) {
  const segments = readSegments(await params);
  if (segments === null) notFound();
  return <DeliveryPage webhookId={segments.webhookId} logId={segments.logId} />;
}
