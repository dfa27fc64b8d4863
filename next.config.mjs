import { PHASE_DEVELOPMENT_SERVER } from "next/constants.js";
import { calls, documents, everywhere } from "./scripts/lib/answer-headers.mjs";

/** @returns {import("next").NextConfig} */
export default function config(phase) {
  return {
    poweredByHeader: false,
    reactStrictMode: true,
    // Databases, logging and native modules are loaded by Node itself, never bundled.
    serverExternalPackages: ["@electric-sql/pglite", "@node-rs/argon2", "pino", "postgres", "undici"],
    // The image optimiser fetches by itself; nothing here needs it (RELIABILITY SEC-16).
    images: { unoptimized: true },
    productionBrowserSourceMaps: false,
    // Titles come with the head and not after it: they are cheap here, and a page without one fails WCAG 2.4.2.
    htmlLimitedBots: /.*/,
    compiler: { defineServer: { __DEVELOPMENT__: phase === PHASE_DEVELOPMENT_SERVER ? "true" : "false" } },
    headers: async () => [
      { source: "/:path*", headers: everywhere },
      { source: "/((?!_next/static/).*)", headers: documents },
      { source: "/api/:path*", headers: calls },
    ],
  };
}
