/** `node run.mjs FILE [args…]`: runs FILE under Node 24, installing first when needed. */
import { endLike, finished, startNode } from './child.mjs'
import { ensureInstalled } from './install.mjs'

const [file, ...args] = process.argv.slice(2)
if (file === undefined) {
  process.stderr.write('usage: node build/scripts/run.mjs FILE [args…]\n')
  process.exit(2)
}
endLike(await finished(startNode(ensureInstalled(), [file, ...args])))
