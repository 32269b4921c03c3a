import createNextIntlPlugin from 'next-intl/plugin'

const withNextIntl = createNextIntlPlugin('./lib/i18n/request.ts')

const SECURITY_HEADERS = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  // nothing leaves for others; with `no-referrer` a form sent without scripts has `Origin: null`, which Next refuses
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  { key: 'Strict-Transport-Security', value: 'max-age=31536000; includeSubDomains' },
  { key: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=(), interest-cohort=()' },
  { key: 'X-Robots-Tag', value: 'noindex, nofollow' },
]

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  productionBrowserSourceMaps: false,
  // types are a check of their own (`npm run check`): a slip in a test must not keep the product from starting
  typescript: { ignoreBuildErrors: true },
  images: { unoptimized: true },
  serverExternalPackages: ['@47ng/cloak', 'pino', 'graphile-worker', 'pg', 'nodemailer'],
  experimental: { authInterrupts: true, serverActions: { bodySizeLimit: '256kb' } },
  // browsers ask for it where a page names no icon: pages that refuse
  rewrites: async () => [{ source: '/favicon.ico', destination: '/icon.svg' }],
  headers: async () => [{ source: '/:path*', headers: SECURITY_HEADERS }],
}

export default withNextIntl(config)
