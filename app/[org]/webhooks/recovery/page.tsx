import type { Metadata } from "next";
import { RecoveryPage } from "@/components/webhooks/recovery/recovery-page";

export const metadata: Metadata = { title: "Recovery" };

export default function Page() {
  return <RecoveryPage />;
}
