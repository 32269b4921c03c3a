/** An evening street under the mountains, poplars, and two windows still lit. The only picture of the first page. */
export function Evening({ className }: { className?: string | undefined }) {
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      viewBox="0 0 360 104"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.25}
      strokeLinecap="round"
      strokeLinejoin="round"
      className={`h-auto w-full text-primary ${className ?? ''}`}
    >
      <path
        opacity=".4"
        d="M2 70l26-17 15 8 30-29 20 16 13-9 32 31M150 62l30-29 16 13 24-27 25 26 12-9 24 25 22-15 34 22"
      />
      <g fill="var(--lamp)" stroke="none">
        <path d="M76 63h10v12H76zM181 79h11v15h-11z" />
        <path d="M181 94h11l9 6h-16z" opacity=".6" />
      </g>
      <path fill="var(--page)" d="M44 94V40h58v54" />
      <path d="M44 40h58v54M44 94V40M52 48h10v10H52zM76 48h10v10H76zM52 63h10v12H52zM76 63h10v12H76zM52 80h10v14M62 80H52M90 48h6M90 63h6M90 80h6M68 40v-6M68 34h5" />
      <path fill="var(--page)" d="M128 94V72l22-15 22 15v22" />
      <path d="M124 75l26-18 26 18M128 72v22M141 79h12v9h-12zM147 79v9M160 62v-8h6v12" />
      <path fill="var(--page)" d="M170 94V74h46v20" />
      <path d="M166 74h54l-8-11h-38zM170 74v20M216 74v20M181 94V79h11v15M200 80h9v8h-9z" />
      <path fill="var(--page)" d="M252 94c0-9 1-15 4-18l20-13h8l20 13c3 3 4 9 4 18z" />
      <path d="M252 94c0-9 1-15 4-18l20-13h8l20 13c3 3 4 9 4 18M256 76h48M253 84h21M287 84h20M274 94V80h13v14M272 63c0-4 3-6 8-6s8 2 8 6" />
      <path d="M26 94V78M26 86c-6-2-8-9-7-17 1-9 4-16 7-19 3 3 6 10 7 19 1 8-1 15-7 17zM116 94V84M116 88c-4-2-6-7-5-13 1-7 3-12 5-14 2 2 4 7 5 14 1 6-1 11-5 13zM236 94V80M236 87c-5-2-7-8-6-15 1-8 3-14 6-17 3 3 5 9 6 17 1 7-1 13-6 15zM328 94V84M328 88c-4-2-6-7-5-13 1-7 3-12 5-14 2 2 4 7 5 14 1 6-1 11-5 13zM344 94v-7M344 90c-3-1-5-6-4-10 1-5 2-9 4-11 2 2 3 6 4 11 1 4-1 9-4 10z" />
      <path d="M2 94h356" />
      <g fill="var(--lamp)">
        <path d="M76 63h10v12H76zM181 94V79h11v15" />
      </g>
      <path d="M81 63v12" opacity=".6" />
    </svg>
  )
}
