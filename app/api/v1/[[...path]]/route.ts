import { serve } from '@/lib/api/serve'
import { ENDPOINTS } from '../endpoints'

export const dynamic = 'force-dynamic'

/** The API's one door: which endpoint it is and who may use it, the endpoint's own declaration says. */
function door(request: Request): Promise<Response> {
  return serve(request, ENDPOINTS)
}

export { door as GET, door as HEAD, door as POST, door as PUT, door as PATCH, door as DELETE, door as OPTIONS }
