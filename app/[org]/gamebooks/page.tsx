import type { Metadata } from "next";
import { GamebooksPage } from "@/components/gamebooks/gamebooks-page";

export const metadata: Metadata = { title: "Gamebooks" };

export default function Page() {
  return <GamebooksPage />;
}
