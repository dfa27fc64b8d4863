import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { readPreference } from "@/lib/server/preferences";
import { dark, light } from "@/tailwind.config";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Watchfloor", template: "%s · Watchfloor" },
  description: "Every customer's incidents on one screen.",
  robots: { index: false, follow: false },
};

/** Dark unless the person chose otherwise on this device. */
async function readTheme(): Promise<"dark" | "light" | "system"> {
  const value = await readPreference("theme");
  return value === "light" || value === "system" ? value : "dark";
}

export async function generateViewport(): Promise<Viewport> {
  const theme = await readTheme();
  return {
    themeColor:
      theme === "system"
        ? [
            { media: "(prefers-color-scheme: light)", color: light.page },
            { media: "(prefers-color-scheme: dark)", color: dark.page },
          ]
        : (theme === "light" ? light : dark).page,
  };
}

/** The document. The theme is in the first byte that is drawn, so nothing flashes. */
export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  return (
    <html
      lang="en-GB"
      data-theme={await readTheme()}
      // The theme menu changes the attribute by itself.
      suppressHydrationWarning
      className={`${GeistSans.variable} ${GeistMono.variable} font-sans`}
    >
      <body>{children}</body>
    </html>
  );
}
