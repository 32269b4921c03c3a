import type { Page } from '@playwright/test'

const GAP = 24
const QUALITY = 0.6

// Runs in the page: two phones side by side, two desks below each other to their right, on one sheet.
async function paintSheet({ pictures, gap, quality }: { pictures: string[]; gap: number; quality: number }): Promise<string> {
  const [phone, phoneDark, desk, deskDark] = await Promise.all(pictures.map(async (picture) => {
    const image = new Image()
    image.src = `data:image/png;base64,${picture}`
    await image.decode()
    return image
  }))
  if (!phone || !phoneDark || !desk || !deskDark) throw new Error('four pictures make a sheet')
  const right = phone.width + phoneDark.width + 3 * gap
  const sheet = document.createElement('canvas')
  sheet.width = right + desk.width + gap
  sheet.height = Math.max(phone.height, phoneDark.height, desk.height + gap + deskDark.height) + 2 * gap
  const pen = sheet.getContext('2d')
  if (!pen) throw new Error('no canvas')
  pen.fillStyle = '#808080'
  pen.fillRect(0, 0, sheet.width, sheet.height)
  pen.drawImage(phone, gap, gap)
  pen.drawImage(phoneDark, phone.width + 2 * gap, gap)
  pen.drawImage(desk, right, gap)
  pen.drawImage(deskDark, right, desk.height + 2 * gap)
  return sheet.toDataURL('image/webp', quality).split(',')[1] ?? ''
}

/**
 * Joins four pictures of one page into one WebP: phone and desk, each light and dark.
 *
 * @param easel an empty page of the browser, which does the drawing.
 * @param pictures PNG: phone light, phone dark, desk light, desk dark.
 */
export async function joinSheet(easel: Page, pictures: Buffer[]): Promise<Buffer> {
  const given = pictures.map((picture) => picture.toString('base64'))
  return Buffer.from(await easel.evaluate(paintSheet, { pictures: given, gap: GAP, quality: QUALITY }), 'base64')
}
