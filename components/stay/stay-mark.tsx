/** Which stay a guest's form is about: by its id where the secret says who asks, else by the mailed ticket. */
export type StayMark = { placementId: string } | { ticket: string }

/** The hidden field that names the stay. */
export function OfStay({ stay }: { stay: StayMark }) {
  const [name, value] = 'ticket' in stay ? ['_ticket', stay.ticket] : ['placementId', stay.placementId]
  return <input type="hidden" name={name} value={value} />
}
