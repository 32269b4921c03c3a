import 'next-auth'

declare module 'next-auth' {
  /** A session says who, and nothing more: role and cities are read from the table each time. */
  interface Session {
    user: { id: string }
  }
}
