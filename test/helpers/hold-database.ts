import Database from 'better-sqlite3'

/** Holds a database's write lock until it is ended, as a foreign program may: a virus scanner, a cloud folder. */
const [file, key] = process.argv.slice(2) as [string, string]
const sqlite = new Database(file)
sqlite.pragma(`cipher = 'aegis'`)
sqlite.pragma(`key = "raw:${key}"`)
sqlite.exec('begin immediate')
process.stdout.write('held\n')
// A connection that nothing refers to any more is closed with the rubbish, and its locks with it.
setInterval(() => sqlite.inTransaction, 1_000)
