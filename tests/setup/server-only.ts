// Stands in for the `server-only` package, which throws when a client bundle, or a test, loads it.
export {}
