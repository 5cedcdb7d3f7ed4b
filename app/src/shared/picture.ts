/** Pictures leave the telephone upright and no larger than needed to be read: faster on a bus, and cheaper. */
const LONGEST_SIDE = 2600
const SMALL_ENOUGH = 1_500_000
const QUALITY = 0.9
const KNOWN = ['image/jpeg', 'image/png', 'image/webp']

export async function readyToSend(file: File): Promise<Blob> {
  let picture: ImageBitmap
  try {
    picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  } catch {
    return file // a format this browser cannot draw: the server says whether it can
  }
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height))
  if (scale === 1 && file.size <= SMALL_ENOUGH && KNOWN.includes(file.type)) return file
  const board = document.createElement('canvas')
  board.width = Math.round(picture.width * scale)
  board.height = Math.round(picture.height * scale)
  board.getContext('2d')?.drawImage(picture, 0, 0, board.width, board.height)
  picture.close()
  const made = await new Promise<Blob | null>((done) => board.toBlob(done, 'image/jpeg', QUALITY))
  return made ?? file
}
