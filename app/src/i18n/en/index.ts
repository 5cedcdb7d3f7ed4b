/** Every area keeps its own file here; a new file is found by itself under its name. */
const files = import.meta.glob<{ default: Record<string, unknown> }>(['./*.ts', '!./index.ts'], { eager: true })

export const messages = Object.fromEntries(
  Object.entries(files).map(([path, file]) => [path.slice(2, -3), file.default]),
) as Record<string, never>
