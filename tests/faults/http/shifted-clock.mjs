// Loaded into a web process of the fault harness: its clock is wrong by as many days as the file's own address says.
const shift = Number(new URL(import.meta.url).searchParams.get('days')) * 86_400_000
const TrueDate = Date
const trueNow = TrueDate.now.bind(TrueDate)

globalThis.Date = class extends TrueDate {
  constructor(...parts) {
    super(...(parts.length === 0 ? [trueNow() + shift] : parts))
  }

  static now() {
    return trueNow() + shift
  }
}
