import { buttonLook } from '@/components/ui/button-look'

/** Who is signed in, and the way out. `action` ends the session at once. */
export function SignOut({ name, label, action }: { name: string; label: string; action: (form: FormData) => Promise<void> }) {
  return (
    <form action={action} className="flex items-center gap-2">
      <span className="max-w-48 truncate text-sm text-muted">{name}</span>
      <button className={buttonLook({ look: 'quiet' })}>{label}</button>
    </form>
  )
}
