import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

const sha256 = (...parts: (string | Uint8Array)[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}

/** What a build is made of: every source and the locked packages. The app names it when it records a purchase. */
export function buildId(root: string): string {
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).sort().map((name) => join('src', name))
  const parts: (string | Uint8Array)[] = []
  for (const name of [...sources, 'package-lock.json', 'vite.config.ts', 'index.html']) {
    if (/\.[a-z]+$/.test(name)) parts.push(name, readFileSync(join(root, name)))
  }
  return sha256(...parts)
}

/** Every page of the purchase, and those of the basket that `kinds.json` names, with the component that draws it. */
function recordedFiles(root: string): [page: string, file: string][] {
  const kinds = JSON.parse(readFileSync(join(root, 'src/recording/kinds.json'), 'utf8')) as Record<string, string>
  return ['buy', 'basket'].flatMap((area) => {
    const routes = readFileSync(join(root, `src/pages/${area}/routes.ts`), 'utf8')
    const named = [...routes.matchAll(/name: '([^']+)', component: \(\) => import\('\.\/([^']+)'\)/g)]
    return named
      .map(([, page, file]): [string, string] => [page ?? '', `src/pages/${area}/${file}`])
      .filter(([page]) => page.startsWith('buy-') || page in kinds)
  })
}

/**
 * Leaves `recorded-pages.json` beside the build: each recorded page with the digest of what draws it (its script, which
 * names by their digests what it imports, and its styles), and each stylesheet with the digest of its content.
 */
export function recordedPages(root: string, build: string): Plugin {
  return {
    name: 'recorded-pages',
    apply: 'build',
    writeBundle(options, bundle) {
      const folder = options.dir ?? join(root, 'dist')
      const built = (name: string) => readFileSync(join(folder, name))
      const pages: Record<string, string> = {}
      for (const [page, file] of recordedFiles(root)) {
        const whole = join(root, file)
        const chunk = Object.values(bundle).find((one) => one.type === 'chunk' && one.moduleIds.some((id) => id.split('?')[0] === whole))
        if (!chunk || chunk.type !== 'chunk') throw new Error(`${file} of the recorded page ${page} is not in the build`)
        const css = [...((chunk as { viteMetadata?: { importedCss?: Set<string> } }).viteMetadata?.importedCss ?? [])].sort()
        pages[page] = sha256(built(chunk.fileName), ...css.map(built))
      }
      const sheets = Object.keys(bundle).filter((name) => name.endsWith('.css')).sort()
      const styles = Object.fromEntries(sheets.map((name) => [name, sha256(built(name))]))
      writeFileSync(join(folder, 'recorded-pages.json'), JSON.stringify({ build, pages, styles }, null, 1))
    },
  }
}

/** What is mended in the recorder on its way into the build; a recorder without such a place stops the build. */
const MENDS: [before: string, after: string][] = [
  // The one place where it writes a style as text, into a document of its own; this server's policy refuses that even
  // there. Setting the same text piece by piece is allowed.
  ['old.setAttribute("style", m.oldValue)', 'old.style.cssText = m.oldValue'],
  // Two methods stand among the getters that it checks for being the browser's own (rrweb pull request 1802), so it
  // never trusts the page and fetches fresh ones from a frame that it opens: half of the first picture's time.
  ['Element: ["shadowRoot", "querySelector", "querySelectorAll"]', 'Element: ["shadowRoot"]'],
  ['Element: [],', 'Element: ["querySelector", "querySelectorAll"],'],
]

export function mendedRecorder(): Plugin {
  return {
    name: 'mended-recorder',
    transform(code, id) {
      if (!id.includes('@rrweb/record/dist/record.js')) return undefined
      let mended = code
      for (const [before, after] of MENDS) {
        if (!mended.includes(before)) throw new Error(`the recorder changed: look again whether it needs its mend at ${before}`)
        mended = mended.replace(before, after)
      }
      return { code: mended, map: null }
    },
  }
}
