const NAPI_OF_NODE_24 = 10

/**
 * Ends the process with a sentence when this Node cannot load the SQLite addon.
 *
 * To be called before anything imports db/: on an older Node the addon crashes the process without a word.
 */
export function requireNodeApi(): void {
  if (Number(process.versions.napi) >= NAPI_OF_NODE_24) return
  const sentence = `Node ${process.versions.node} 过旧，需要 Node 24 · is too old, Node 24 is needed: npm start, npm run desk`
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}
