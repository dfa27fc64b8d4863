import { PHASE_DEVELOPMENT_SERVER } from "next/constants.js";

/** On every answer: pages, calls and files alike. The Content-Security-Policy of pages is made in proxy.ts, per answer. */
const everywhere = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  {
    key: "Permissions-Policy",
    value: "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()",
  },
  // Browsers heed it over https only.
  { key: "Strict-Transport-Security", value: "max-age=31536000" },
];

/** Data is never a document: should a browser open it as one, nothing in it runs or loads. */
const calls = [{ key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'" }];

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
      { source: "/api/:path*", headers: calls },
    ],
  };
}
