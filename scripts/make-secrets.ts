// Prints fresh secrets for a server's environment: npm run make-secrets >> .env
import { makeSecrets, SECRET_NAMES } from './secrets'
import { say } from './talk'

const secrets = makeSecrets()
for (const name of SECRET_NAMES) say(`${name}=${secrets[name]}`)
