import type { Metadata } from "next";
import { ConnectionPage } from "@/components/connection/connection-page";

export const metadata: Metadata = { title: "Connection" };

export default function Page() {
  return <ConnectionPage />;
}
