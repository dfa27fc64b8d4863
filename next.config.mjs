/** @type {import("next").NextConfig} */
const nextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Databases, logging and native modules are loaded by Node itself, never bundled.
  serverExternalPackages: ["@electric-sql/pglite", "@node-rs/argon2", "pino", "postgres", "undici"],
  // The image optimiser fetches by itself; nothing here needs it (RELIABILITY SEC-16).
  images: { unoptimized: true },
  productionBrowserSourceMaps: false,
};

export default nextConfig;
