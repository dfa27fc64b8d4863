import type { Metadata } from "next";
import { DataSourcesPage } from "@/components/data-sources/data-sources-page";

export const metadata: Metadata = { title: "Data sources" };

export default function Page() {
  return <DataSourcesPage />;
}
