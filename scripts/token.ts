// npm run token -- --mail dana@example.org --role COORDINATOR --cities almaty --name "Import of the desk": makes a token
// by which a program speaks for Dana, and prints it this once. --list: which there are. --revoke ID: ends one.
import { onOwnServer } from './own-server'

await onOwnServer('Tokens are kept on a server of your own: set DATABASE_URL.', async () => (await import('./token-request')).runToken)
