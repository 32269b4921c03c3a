// npm run staff -- --mail dana@example.org --name Dana --role COORDINATOR --cities almaty,astana: makes or changes
// somebody of the team on a server of your own. npm run staff -- --mail dana@example.org --end: ends it.
import { onOwnServer } from './own-server'

await onOwnServer(
  'The team is kept on a server of your own: set DATABASE_URL. The demo has its people already, behind its doors.',
  async () => (await import('./staff-request')).runStaff,
)
